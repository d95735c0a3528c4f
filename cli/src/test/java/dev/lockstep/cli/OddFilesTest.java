package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.cli.Shell.Outcome;
import dev.lockstep.testkit.OddFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OddFilesTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(OddFile.class)
    void isLinted(OddFile file) throws IOException {
        file.writeTo(directory);

        Outcome outcome = new Shell(directory).run(file.fileName(), "--quiet");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isIn(0, 1);
        assertThat(outcome.out()).doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]");
    }

    @Test
    void noneIsLostAmongTheOthersAndGapsAreCounted() throws IOException {
        OddFile.writeAllTo(directory);

        Outcome outcome = new Shell(directory).run("--format=json", "--tool=plain", "--quiet");

        JsonNode coverage = new ObjectMapper().readTree(outcome.out()).path("coverage");
        assertThat(coverage.path("migrations").asInt()).isEqualTo(OddFile.values().length);
        assertThat(coverage.path("notUnderstood").size())
                .isPositive()
                .isEqualTo(coverage.path("statements").asInt()
                        - coverage.path("statementsAnalysed").asInt());
        assertThat(outcome.err()).isEmpty();
    }
}
