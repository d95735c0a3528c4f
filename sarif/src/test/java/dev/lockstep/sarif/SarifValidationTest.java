package dev.lockstep.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds reports against the official schema, and against Microsoft's validator with GitHub's rules. */
final class SarifValidationTest {

    @TempDir
    private Path directory;

    static List<String> reports() {
        return List.of(
                Analyses.sarif(Analyses.of(Analyses.VARIED)),
                Analyses.sarif(
                        Analyses.of(Analyses.VARIED),
                        new SarifOptions(Optional.of("a category"), path -> "/src/" + path)),
                Analyses.sarif(Analyses.of("clean.sql", "-- TICKET-1\nSELECT 1;\n")),
                Analyses.sarif(Analyses.of("empty.sql", "")));
    }

    /** A text, what stands for it in the broken report, and the validator's rule that objects. */
    record Damage(String sound, String broken, String rule) {

        String inflict(String report) {
            assertThat(report).contains(sound);
            return report.replace(sound, broken);
        }
    }

    static List<Damage> damagesToTheForm() {
        return List.of(
                new Damage("\"results\": [", "\"result\": [", "JSON"),
                new Damage("\"startColumn\": 12", "\"startColumn\": -12", "JSON"));
    }

    static List<Damage> damagesToTheSense() {
        return List.of(
                new Damage("\"ruleIndex\": 4", "\"ruleIndex\": 40", "SARIF1"),
                new Damage("\"endColumn\": 16", "\"endColumn\": 2", "SARIF1007"),
                new Damage("\"startLine\": 3,", "", "SARIF1007"),
                new Damage("\"informationUri\"", "\"fullName\"", "SARIF2005"),
                new Damage("\"text\": \"It throws.\"", "\"text\": \"\"", "GH2012"));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void theSchemaAccepts(String report) throws IOException {
        assertThat(schemaErrors(report)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("reports")
    void theValidatorAccepts(String report) throws IOException, InterruptedException {
        assertThat(new Validator(directory).complaints(report)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("damagesToTheForm")
    void theSchemaObjectsToDamage(Damage damage) throws IOException {
        assertThat(schemaErrors(damage.inflict(reports().get(0)))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource({"damagesToTheForm", "damagesToTheSense"})
    void theValidatorObjectsToDamage(Damage damage) throws IOException, InterruptedException {
        Validator validator = new Validator(directory);

        assertThat(validator.complaints(damage.inflict(reports().get(0))))
                .anyMatch(complaint -> complaint.startsWith(damage.rule()));
    }

    /** The schema comes with the object model. */
    private static List<Error> schemaErrors(String report) throws IOException {
        try (InputStream schema = SarifValidationTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            assertThat(schema).isNotNull();
            Schema sarif = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(schema);
            return sarif.validate(
                    report,
                    InputFormat.JSON,
                    context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        }
    }
}
