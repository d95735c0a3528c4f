package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.cli.Shell.Outcome;
import dev.lockstep.rule.Rule;
import dev.lockstep.rules.BuiltinRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandTest {

    @TempDir
    Path directory;

    @Test
    void listsEveryRuleInEightyColumns() {
        Outcome outcome = new Shell(directory).run("rules");

        for (Rule rule : BuiltinRules.all()) {
            assertThat(outcome.outLines())
                    .anyMatch(line -> line.matches(
                            rule.info().id() + " +" + rule.info().severity().label() + " +\\S.*"));
        }
        assertThat(outcome.outLines()).allMatch(line -> line.length() <= 80);
        assertThat(outcome.code()).isZero();
    }

    @Test
    void printsAPageByIdAndByAlias() {
        Shell shell = new Shell(directory);
        Outcome page = shell.run("rules", "set-not-null");
        Rule aliased = BuiltinRules.all().stream()
                .filter(rule -> !rule.info().aliases().isEmpty())
                .findFirst()
                .orElseThrow();

        assertThat(page.out())
                .startsWith("SET-NOT-NULL\n")
                .contains(
                        "\nWHAT HAPPENS\n",
                        "\nTHE SAFE WAY\n",
                        "\n    ALTER TABLE orders ALTER COLUMN email SET NOT NULL;\n")
                .contains("\n1. ")
                .doesNotContain("```");
        assertThat(shell.run("rules", aliased.info().aliases().get(0)))
                .isEqualTo(shell.run("rules", aliased.info().id()));
    }

    @Test
    void proseOfAPageFitsTheTerminal() {
        for (Rule rule : BuiltinRules.all()) {
            assertThat(new Shell(directory).run("rules", rule.info().id()).outLines())
                    .filteredOn(line -> !line.startsWith("    ") && !line.startsWith("|"))
                    .allMatch(line -> line.length() <= 80);
        }
    }

    @Test
    void listsThemForPrograms() throws IOException {
        JsonNode list = new ObjectMapper()
                .readTree(new Shell(directory).run("rules", "--format", "json").out());

        List<String> ids =
                BuiltinRules.all().stream().map(rule -> rule.info().id()).toList();
        assertThat(list.path("version").asInt()).isEqualTo(1);
        assertThat(list.path("rules").findValuesAsText("id")).isEqualTo(ids);
        assertThat(list.at("/rules/0").fieldNames())
                .toIterable()
                .containsExactly("id", "level", "summary", "set", "category", "since", "aliases", "causes");
    }
}
