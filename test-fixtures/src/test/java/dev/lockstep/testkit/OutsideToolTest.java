package dev.lockstep.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

final class OutsideToolTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    private Path require(Path program, boolean mustRun) {
        return OutsideTool.require(program, "./setup.sh", mustRun, new PrintStream(log, true, UTF_8));
    }

    @Test
    void aProgramThatIsThereIsAnswered() throws IOException {
        Path program = Files.createFile(directory.resolve("program"));
        assertThat(program.toFile().setExecutable(true)).isTrue();

        assertThat(require(program, true)).isEqualTo(program.toAbsolutePath());
    }

    @Test
    void aMissingProgramSkipsTheTestOrFailsItInContinuousIntegration() {
        Path program = directory.resolve("program");

        assertThatThrownBy(() -> require(program, false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("program is missing; ./setup.sh brings it");
        assertThat(log.toString(UTF_8)).startsWith("SKIPPED: program is missing");
        assertThatThrownBy(() -> require(program, true))
                .isInstanceOf(AssertionError.class)
                .hasMessage("program is missing; ./setup.sh brings it");
    }
}
