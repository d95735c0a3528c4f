package dev.lockstep.cli;

import dev.lockstep.cli.user.Printable;
import dev.lockstep.cli.user.UserError;
import dev.lockstep.rule.Rule;
import dev.lockstep.rules.BuiltinRules;
import dev.lockstep.text.Nearest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line program. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(System.in, out, err, Environment.ofProcess(), arguments));
    }

    /** Runs the program without ending the process; the answer is the exit code. */
    public static int run(
            InputStream in, PrintStream out, PrintStream err, Environment environment, String... arguments) {
        return run(new Console(in, out, err, environment), BuiltinRules.all(), arguments);
    }

    static int run(Console console, List<Rule> rules, String... arguments) {
        int code = guarded(console, new RuleCatalogue(rules), arguments);
        if (console.out().checkError()) {
            console.say("standard output could not be written");
            return Math.max(code, ExitCode.USAGE);
        }
        return code;
    }

    private static int guarded(Console console, RuleCatalogue rules, String... arguments) {
        try {
            return dispatch(console, rules, withDefaultCommand(console, arguments));
        } catch (UserError error) {
            console.say(error.line());
            return ExitCode.USAGE;
        } catch (Throwable defect) {
            console.say("a defect of Lockstep stopped this run; please report it with what follows");
            defect.printStackTrace(console.err());
            return ExitCode.DEFECT;
        }
    }

    private static String[] withDefaultCommand(Console console, String... arguments) {
        Set<String> whole = Set.of("-h", "--help", "-V", "--version");
        if (arguments.length > 0 && (whole.contains(arguments[0]) || CommandModel.COMMANDS.contains(arguments[0]))) {
            return arguments;
        }
        if (arguments.length > 0 && !arguments[0].isEmpty()) {
            refuseMistypedCommand(console, arguments[0]);
        }
        List<String> all = new ArrayList<>(List.of(CommandModel.LINT));
        all.addAll(Arrays.asList(arguments));
        return all.toArray(String[]::new);
    }

    /** A first word that is no path and looks like a command was meant as one. */
    private static void refuseMistypedCommand(Console console, String word) {
        boolean couldBeName = word.chars().allMatch(c -> Character.isLetter(c) || c == '-') && !word.startsWith("-");
        if (couldBeName && Files.notExists(console.environment().directory().resolve(word))) {
            Nearest.to(word, CommandModel.COMMANDS).ifPresent(command -> {
                throw new UserError("there is no command or file " + word + "; did you mean " + command + "?");
            });
        }
    }

    private static int dispatch(Console console, RuleCatalogue rules, String... arguments) throws IOException {
        List<String> commands =
                CommandModel.COMMANDS.contains(arguments[0]) ? List.of(arguments[0]) : CommandModel.COMMANDS;
        CommandLine lockstep = CommandModel.commandLine(console.environment().width(), commands);
        ParseResult top = parse(lockstep, arguments);
        ParseResult parsed = top.hasSubcommand() ? top.subcommand() : top;
        if (parsed.hasMatchedOption("--help")) {
            parsed.commandSpec().commandLine().usage(console.out());
            return ExitCode.OK;
        }
        if (top.hasMatchedOption("--version")) {
            console.out().println("lockstep " + Version.current());
            return ExitCode.OK;
        }
        return switch (parsed.commandSpec().name()) {
            case CommandModel.LINT ->
                new LintCommand(console, rules, LintOptions.of(parsed, console.environment(), rules)).run();
            case CommandModel.EXPLAIN -> new ExplainCommand(console, ExplainOptions.of(parsed)).run();
            case CommandModel.VERIFY -> new VerifyCommand(console, VerifyOptions.of(parsed)).run();
            case CommandModel.RULES -> new RulesCommand(console, rules, parsed).run();
            default -> throw new IllegalStateException(parsed.commandSpec().name());
        };
    }

    private static ParseResult parse(CommandLine lockstep, String... arguments) {
        try {
            return lockstep.parseArgs(arguments);
        } catch (UnmatchedArgumentException unmatched) {
            throw new UserError(unknown(unmatched));
        } catch (MissingParameterException missing) {
            throw new UserError(
                    missing.getMissing().get(0) instanceof CommandLine.Model.OptionSpec option
                            ? option.longestName() + " needs a value: " + option.paramLabel()
                            : oneLine(missing));
        } catch (OverwrittenOptionException twice) {
            throw new UserError(
                    twice.getOverwritten() instanceof CommandLine.Model.OptionSpec option
                            ? option.longestName() + " is given twice"
                            : oneLine(twice));
        } catch (ParameterException wrong) {
            throw new UserError(oneLine(wrong));
        }
    }

    private static String unknown(UnmatchedArgumentException unmatched) {
        String argument = unmatched.getUnmatched().get(0);
        String name = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
        CommandLine command = unmatched.getCommandLine();
        if (!name.startsWith("-")) {
            return "unexpected argument " + Printable.of(argument) + " (see `"
                    + command.getCommandSpec().qualifiedName() + " --help`)";
        }
        Set<String> names = new TreeSet<>();
        command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        String hint = name.startsWith("--") ? Nearest.hint(name, names) : "";
        return "unknown option " + Printable.of(name)
                + (hint.isEmpty() ? " (see `" + command.getCommandSpec().qualifiedName() + " --help`)" : hint);
    }

    private static String oneLine(ParameterException wrong) {
        return Printable.onOneLine(String.valueOf(wrong.getMessage()));
    }
}
