package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

final class OutsideToolTest {

    @TempDir
    private Path directory;

    @Test
    void aProgramThatIsThereIsAnswered() throws IOException {
        Path program = Files.createFile(directory.resolve("program"));
        assertThat(program.toFile().setExecutable(true)).isTrue();

        assertThat(OutsideTool.require(program, "./setup.sh", true)).isEqualTo(program.toAbsolutePath());
    }

    @Test
    void aMissingProgramSkipsTheTestOrFailsItInContinuousIntegration() {
        Path program = directory.resolve("program");

        assertThatThrownBy(() -> OutsideTool.require(program, "./setup.sh", false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("program is missing; ./setup.sh brings it");
        assertThatThrownBy(() -> OutsideTool.require(program, "./setup.sh", true))
                .isInstanceOf(AssertionError.class)
                .hasMessage("program is missing; ./setup.sh brings it");
    }
}
