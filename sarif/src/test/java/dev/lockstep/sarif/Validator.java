package dev.lockstep.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.testkit.OutsideTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Microsoft's SARIF validator, with GitHub's rules. */
final class Validator {

    private static final long SECONDS = 120;

    private final Path directory;
    private final Path program;

    /** Skips the test where the validator is missing, or fails it. */
    Validator(Path directory) {
        String platform = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        this.directory = directory;
        this.program = OutsideTool.require(
                "src/test/npm/node_modules/@microsoft/sarif-multitool-" + platform + "/Sarif.Multitool",
                "./setup.sh --tests");
    }

    /** The errors and warnings, as {@code SARIF2005 Warning_ProvideToolVersion [arguments]}. */
    List<String> complaints(String sarif) throws IOException, InterruptedException {
        Path report = Files.writeString(directory.resolve("report.sarif"), sarif);
        Path log = directory.resolve("log.sarif");
        run(report, log);
        JsonNode run = new JsonMapper().readTree(log.toFile()).at("/runs/0");
        assertThat(run.at("/tool/driver/name").asText()).isEqualTo("Sarif.Multitool");
        assertThat(run.at("/invocations/0/executionSuccessful").asBoolean(true)).isTrue();
        return run.path("results").valueStream().map(Validator::complaint).toList();
    }

    private static String complaint(JsonNode result) {
        JsonNode message = result.path("message");
        return result.path("ruleId").asText() + " " + message.path("id").asText() + " " + message.path("arguments");
    }

    /** The exit code says nothing: it is 0 even with errors. */
    private void run(Path report, Path log) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        ProcessBuilder command = new ProcessBuilder(
                        program.toString(),
                        "validate",
                        report.toString(),
                        "--rule-kind",
                        "Sarif;Ghas",
                        "--level",
                        "Error;Warning",
                        "--output",
                        log.toString(),
                        "--log",
                        "ForceOverwrite")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // Else .NET wants a libicu, which slim machines lack.
        command.environment().put("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1");
        Process process = command.start();
        try {
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
                    .as("finished within %s s", SECONDS)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(output).content().contains("Analysis completed successfully.");
    }
}
