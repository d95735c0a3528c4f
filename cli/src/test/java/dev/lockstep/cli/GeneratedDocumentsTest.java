package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.rule.Rule;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rules.BuiltinRules;
import dev.lockstep.source.MigrationSources;
import dev.lockstep.testkit.Golden;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documents, or parts of them, that are made from the program. */
class GeneratedDocumentsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** A part between {@code <!-- kind: arguments -->} and {@code <!-- end -->}. */
    private static final Pattern PART =
            Pattern.compile("<!-- (output|rules)(?:: (.*?))? -->\n(.*?)<!-- end -->", Pattern.DOTALL);

    @Test
    void readmeShowsWhatTheProgramPrints() throws IOException {
        Golden.checkDocument("README.md", filled(Files.readString(ROOT.resolve("README.md"))));
    }

    @Test
    void readmeHasBothParts() throws IOException {
        assertThat(PART.matcher(Files.readString(ROOT.resolve("README.md")))
                        .results()
                        .map(part -> part.group(1)))
                .containsExactly("output", "rules");
    }

    @Test
    void commandLineReference() {
        StringBuilder text = new StringBuilder("# Command line\n\nWhat `--help` prints.\n");
        for (String command : CommandModel.COMMANDS) {
            text.append("\n## lockstep ").append(command).append("\n\n```text\n");
            text.append(run(command, "--help")).append("```\n");
        }
        Golden.checkDocument("docs/cli.md", text.toString());
    }

    /** The table of tools is prose, but names each of them, in the order they are asked. */
    @Test
    void everyToolIsInTheTable() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("docs/tools.md")).stream()
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.split("`", 3)[1]))
                .containsExactlyElementsOf(MigrationSources.tools());
    }

    private static String filled(String document) {
        Matcher part = PART.matcher(document);
        return part.replaceAll(
                found -> Matcher.quoteReplacement(found.group(1).equals("rules") ? rules() : output(found.group(2))));
    }

    private static String rules() {
        StringBuilder table = new StringBuilder("<!-- rules -->\n| rule | level | says when |\n|---|---|---|\n");
        for (Rule rule : BuiltinRules.all()) {
            RuleInfo info = rule.info();
            if (info.set() != RuleSet.SAFETY) {
                continue;
            }
            table.append("| [`")
                    .append(info.id())
                    .append("`](")
                    .append(page(rule))
                    .append(") | ");
            table.append(info.severity().label())
                    .append(" | ")
                    .append(info.summary())
                    .append(" |\n");
        }
        return table.append("<!-- end -->").toString();
    }

    private static String page(Rule rule) {
        return "rules/src/main/java/" + rule.getClass().getName().replace('.', '/') + ".md";
    }

    private static String output(String command) {
        return "<!-- output: " + command + " -->\n```console\n$ lockstep " + command + "\n" + run(command.split(" "))
                + "```\n<!-- end -->";
    }

    private static String run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Environment environment = new Environment(ROOT, Map.of("COLUMNS", "100"), false);
        Main.run(
                new ByteArrayInputStream(new byte[0]),
                print,
                new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                environment,
                List.of(arguments).toArray(String[]::new));
        return out.toString(StandardCharsets.UTF_8);
    }
}
