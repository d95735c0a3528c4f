package dev.lockstep.cli;

import dev.lockstep.rule.Rule;
import dev.lockstep.rules.BuiltinRules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A working directory to run the program in, without a process of its own. */
final class Shell {

    private final Path directory;
    private final Map<String, String> variables = new HashMap<>();
    private List<Rule> rules = BuiltinRules.all();
    private byte[] input = {};
    private boolean terminal;

    Shell(Path directory) {
        this.directory = directory;
    }

    /** What a run left behind. */
    record Outcome(int code, String out, String err) {
        List<String> outLines() {
            return out.lines().toList();
        }

        List<String> errLines() {
            return err.lines().toList();
        }
    }

    Shell with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    Shell onTerminal() {
        terminal = true;
        return this;
    }

    Shell reading(String text) {
        input = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    Shell rules(Rule... only) {
        rules = List.of(only);
        return this;
    }

    /** Writes a file into the working directory, its parents too. */
    Shell file(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(input),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new Environment(directory, variables, terminal));
        int code = Main.run(console, rules, arguments);
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
