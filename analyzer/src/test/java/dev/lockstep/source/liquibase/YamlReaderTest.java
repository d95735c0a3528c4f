package dev.lockstep.source.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.text.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;

final class YamlReaderTest {

    private static ChangeLogFile read(String yaml) {
        return YamlReader.read(SourceText.of("c.yaml", yaml));
    }

    private static List<String> lost(String yaml) {
        return read(yaml).lost().stream()
                .map(lost -> lost.place().start() + " " + lost.what())
                .toList();
    }

    private static LocatedText sql(String yaml) {
        return read("databaseChangeLog:\n- sql: " + yaml)
                .root()
                .child("sql")
                .orElseThrow()
                .value();
    }

    /** Every part that claims to be verbatim is, and together they say what the value says. */
    private static void assertFound(String yaml, String value) {
        LocatedText text = sql(yaml);
        assertThat(text.text()).isEqualTo(value);
        assertThat(text.parts())
                .filteredOn(LocatedText.Part::verbatim)
                .allMatch(part ->
                        part.origin().source().text(part.origin().span()).equals(part.text()));
    }

    @Test
    void scalarsOfEveryStyleAreFoundInTheFile() {
        assertFound("SELECT 1", "SELECT 1");
        assertFound("'SELECT ''a'''", "SELECT 'a'");
        assertFound("\"SELECT \\\"a\\\" \\u0041\\nB\"", "SELECT \"a\" A\nB");
        assertFound("|\n    SELECT\n      1;\n\n    SELECT 2\n", "SELECT\n  1;\n\nSELECT 2\n");
        assertFound("|-\n    SELECT 1\n", "SELECT 1");
        assertFound(">\n    SELECT\n    1;\n", "SELECT 1;\n");
        assertFound("SELECT\n    1", "SELECT 1");
        assertFound("|\n    SELECT '𝒳' -- ä\n", "SELECT '𝒳' -- ä\n");
        assertFound("~", "");
    }

    @Test
    void blocksKeepTheirLines() {
        LocatedText text = sql("|\n    SELECT 1;\n    DROP TABLE x;\n");

        LocatedText drop = text.slice(text.text().indexOf("DROP"), text.text().length());
        assertThat(drop.place().start()).hasToString("4:5");
    }

    @Test
    void jsonIsYaml() {
        String json =
                "{\"databaseChangeLog\": [\n {\"changeSet\": {\"id\": 1, \"changes\": [{\"sql\": \"SELECT\\n1\"}]}}]}";
        ChangeLogNode changeSet = read(json).root().child("changeSet").orElseThrow();

        assertThat(changeSet.text("id")).contains("1");
        assertThat(changeSet
                        .child("changes")
                        .orElseThrow()
                        .child("sql")
                        .orElseThrow()
                        .value()
                        .text())
                .isEqualTo("SELECT\n1");
        assertThat(changeSet.place().start()).hasToString("2:3");
    }

    @Test
    void commentsForUsAreKept() {
        String yaml = """
                databaseChangeLog:
                - changeSet:
                    changes:
                      # lockstep:deployed unused
                      # and another
                      - dropTable:
                          tableName: x
                """;
        assertThat(read(yaml)
                        .root()
                        .child("changeSet")
                        .orElseThrow()
                        .child("changes")
                        .orElseThrow()
                        .children())
                .extracting(node -> node.name() + " " + node.value().text().strip())
                .containsExactly("#comment lockstep:deployed unused", "dropTable ");
    }

    @Test
    void aBrokenEntryIsNamedAndTheRestIsRead() {
        String yaml = """
                databaseChangeLog:
                  - changeSet:
                      id: 1
                  - changeSet:
                      id: "2
                      changes: [}
                  - changeSet:
                      id: 3
                """;
        assertThat(lost(yaml)).hasSize(1).allMatch(lost -> lost.startsWith("4:1 YAML: "));
        assertThat(read(yaml)
                        .root()
                        .children("changeSet")
                        .map(node -> node.text("id").orElse("")))
                .containsExactly("1", "3");
    }

    @Test
    void anEntryThatOnlyFollowsABrokenOneIsRead() {
        String yaml = "databaseChangeLog:\n- changeSet: {id: [\n- changeSet: {id: 2}\n";

        assertThat(lost(yaml)).hasSize(1).allMatch(lost -> lost.startsWith("2:1 YAML: "));
        assertThat(read(yaml).root().children("changeSet")).hasSize(1);
    }

    /** Liquibase refuses it too. */
    @Test
    void jsonWithTabsIsNamed() {
        assertThat(lost("{\"databaseChangeLog\": [\n\t{}]}"))
                .singleElement()
                .asString()
                .contains("TAB");
    }

    @Test
    void oddFilesAreNamed() {
        assertThat(read("").root().children()).isEmpty();
        assertThat(read("other: 1").root().children()).isEmpty();
        assertThat(lost("{")).hasSize(1);
        assertThat(lost("databaseChangeLog:\n- a: \u0007")).hasSize(1);
    }

    @Test
    void aliasesCantMakeItHuge() {
        StringBuilder yaml = new StringBuilder("a0: &a0 {k: 1, l: 2}\n");
        for (int i = 1; i < 24; i++) {
            yaml.append("a%d: &a%d {k: *a%d, l: *a%d}\n".formatted(i, i, i - 1, i - 1));
        }
        yaml.append("databaseChangeLog: [*a23]\n");

        assertThat(lost(yaml.toString())).singleElement().asString().contains("alias");
    }
}
