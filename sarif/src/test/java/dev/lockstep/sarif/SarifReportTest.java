package dev.lockstep.sarif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.engine.AnalysisResult;
import dev.lockstep.rule.Rule;
import dev.lockstep.text.SourceText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SarifReportTest {

    @Test
    void whatGitHubRequiresIsThere() throws JsonProcessingException {
        JsonNode run = run(Analyses.of(Analyses.VARIED));

        assertThat(run.path("results")).hasSize(6).allSatisfy(result -> {
            assertThat(result.at("/message/text").asText()).isNotEmpty();
            assertThat(result.at("/partialFingerprints/primaryLocationLineHash").asText())
                    .matches("[0-9a-f]+:[0-9]+");
            assertThat(result.path("locations")).hasSize(1);
            JsonNode location = result.at("/locations/0/physicalLocation");
            assertThat(location.at("/artifactLocation/uri").asText()).isNotEmpty();
            for (String edge : List.of("startLine", "startColumn", "endLine", "endColumn")) {
                assertThat(location.at("/region/" + edge).isInt()).as(edge).isTrue();
            }
        });
        assertThat(run.at("/tool/driver/rules")).hasSize(TestRules.ALL.size()).allSatisfy(rule -> {
            assertThat(rule.at("/shortDescription/text").asText()).hasSizeBetween(1, 1024);
            assertThat(rule.at("/fullDescription/text").asText()).hasSizeBetween(1, 1024);
            assertThat(rule.at("/help/text").asText()).isNotEmpty();
            assertThat(rule.at("/help/markdown").asText()).startsWith("# ");
            assertThat(rule.at("/properties/tags").size()).isBetween(1, 10);
            assertThat(rule.path("properties").has("security-severity")).isFalse();
        });
    }

    @Test
    void theCatalogueIsTheSameWhateverWasFound() throws JsonProcessingException {
        JsonNode some = run(Analyses.of(Analyses.VARIED)).at("/tool/driver");
        JsonNode none = run(Analyses.of("clean.sql", "-- TICKET-1\n")).at("/tool/driver");

        assertThat(none).isEqualTo(some);
        assertThat(none.path("rules").findValuesAsText("id"))
                .containsExactly("drop-table", "failing-rule", "never-hit", "truncate-table", "unnamed-ticket");
    }

    @Test
    void theSameAnalysisGivesTheSameBytes() {
        List<Rule> reversed = new ArrayList<>(TestRules.ALL);
        Collections.reverse(reversed);

        assertThat(Analyses.sarif(Analyses.of(Analyses.VARIED), reversed, SarifOptions.DEFAULT))
                .isEqualTo(Analyses.sarif(Analyses.of(Analyses.VARIED)));
    }

    @Test
    void everyResultStatesItsLevel() throws JsonProcessingException {
        JsonNode run = run(Analyses.of("a.sql", "TRUNCATE a;\nTRUNCATE a, b;\n"));

        assertThat(run.path("results").findValuesAsText("level")).containsExactly("note", "warning", "error");
        assertThat(run.at("/tool/driver/rules").findValuesAsText("level"))
                .containsExactly("error", "warning", "error", "error", "note");
    }

    @Test
    void regionsAreOfSourceCharactersInUtf16() throws JsonProcessingException {
        JsonNode region = run(Analyses.of("a.sql", "-- TICKET-1\nSELECT '🚀'; TRUNCATE a;\n"))
                .at("/results/0/locations/0/physicalLocation/region");

        assertThat(region).hasToString("{\"startLine\":2,\"startColumn\":14,\"endLine\":2,\"endColumn\":24}");
    }

    @Test
    void pathsAreEncodedByteForByte() throws JsonProcessingException {
        // An o with a combining diaeresis: composed it would be another file's name.
        JsonNode artifact = artifact("db/a b/10%/c:o\u0308.sql", SarifOptions.DEFAULT);

        assertThat(artifact).hasToString("{\"uri\":\"db/a%20b/10%25/c%3Ao%CC%88.sql\",\"uriBaseId\":\"SRCROOT\"}");
    }

    @Test
    void aPathOutsideTheRepositoryIsAFileUri() throws JsonProcessingException {
        assertThat(artifact("/srv/a.sql", SarifOptions.DEFAULT)).hasToString("{\"uri\":\"file:///srv/a.sql\"}");
    }

    @Test
    void pathsCanBeMadeRelativeToTheRepository() throws JsonProcessingException {
        SarifOptions options = new SarifOptions(Optional.empty(), path -> "backend/" + path);

        assertThat(artifact("db/a.sql", options).path("uri").asText()).isEqualTo("backend/db/a.sql");
    }

    @Test
    void theCategoryNamesTheRun() throws JsonProcessingException {
        AnalysisResult analysis = Analyses.of("a.sql", "");

        assertThat(run(analysis).has("automationDetails")).isFalse();
        assertThat(run(analysis, new SarifOptions(Optional.of("backend"), path -> path))
                        .at("/automationDetails/id")
                        .asText())
                .isEqualTo("backend/");
    }

    @Test
    void messagesLinkToRelatedPlaces() throws JsonProcessingException {
        JsonNode result = run(Analyses.of("a.sql", "-- TICKET-1\nCREATE TABLE a (id int);\nDROP TABLE a;\n"))
                .at("/results/0");

        assertThat(result.at("/message/text").asText()).endsWith("See [table \\[a\\] is created here](1).");
        assertThat(result.at("/relatedLocations/0/id").asInt()).isEqualTo(1);
        assertThat(result.at("/relatedLocations/0/physicalLocation/region/startLine")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void gapsAreNotificationsAndAThrowingRuleIsAFailure() throws JsonProcessingException {
        JsonNode gap = run(Analyses.of("a.sql", "\\connect shop\n")).at("/invocations/0");
        JsonNode failure =
                run(Analyses.of("a.sql", "CREATE VIEW v AS SELECT 1;\n")).at("/invocations/0");

        assertThat(gap.path("executionSuccessful").asBoolean()).isTrue();
        assertThat(gap.at("/toolExecutionNotifications/0/message/text").asText())
                .isEqualTo("'psql \\connect' was not understood, so nothing was judged here.");
        assertThat(failure.path("executionSuccessful").asBoolean(true)).isFalse();
        assertThat(failure.at("/toolExecutionNotifications/0/level").asText()).isEqualTo("error");
        assertThat(failure.at("/toolExecutionNotifications/0/associatedRule/id").asText())
                .isEqualTo("failing-rule");
    }

    @Test
    void ourFingerprintOutlivesMovesAndReformatting() throws JsonProcessingException {
        JsonNode before =
                run(Analyses.of("a.sql", "-- TICKET-1\nTRUNCATE a;\n")).at("/results/0/partialFingerprints");
        JsonNode after =
                run(Analyses.of("b.sql", "-- TICKET-1\n\n\n  truncate\n a;\n")).at("/results/0/partialFingerprints");

        assertThat(after.path("lockstepFinding/v1")).isEqualTo(before.path("lockstepFinding/v1"));
        assertThat(after.path("primaryLocationLineHash")).isNotEqualTo(before.path("primaryLocationLineHash"));
    }

    @Test
    void rulesMustBeInTheCatalogueOnce() {
        AnalysisResult analysis = Analyses.of("a.sql", "DROP TABLE a;");
        Rule dropTable = new TestRules.DropTable();

        assertThatThrownBy(() -> Analyses.sarif(analysis, List.of(dropTable), SarifOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rule unnamed-ticket is not in the catalogue");
        assertThatThrownBy(() -> new SarifReport(List.of(dropTable, dropTable), "1.2.3", SarifOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two rules are called drop-table");
    }

    @Test
    void theStreamStaysOpen() throws IOException {
        boolean[] closed = {false};
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        new SarifReport(TestRules.ALL, "1.2.3", SarifOptions.DEFAULT).write(Analyses.of("a.sql", ""), out);

        assertThat(closed[0]).isFalse();
        assertThat(out.toString(UTF_8)).startsWith("{\n").endsWith("}\n");
    }

    private static JsonNode artifact(String path, SarifOptions options) throws JsonProcessingException {
        AnalysisResult analysis = Analyses.of(List.of(SourceText.of(path, "DROP TABLE a;")));
        return run(analysis, options).at("/results/0/locations/0/physicalLocation/artifactLocation");
    }

    private static JsonNode run(AnalysisResult analysis) throws JsonProcessingException {
        return run(analysis, SarifOptions.DEFAULT);
    }

    private static JsonNode run(AnalysisResult analysis, SarifOptions options) throws JsonProcessingException {
        JsonNode runs =
                new JsonMapper().readTree(Analyses.sarif(analysis, options)).path("runs");
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }
}
