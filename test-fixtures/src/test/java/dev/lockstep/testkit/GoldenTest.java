package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GoldenTest {

    @TempDir
    private Path directory;

    @Test
    void anEqualTextPassesAndAnyOtherFails() throws IOException {
        Files.writeString(directory.resolve("report.txt"), "one\ntwo\n");
        Golden golden = new Golden(directory, false, true);

        assertThatCode(() -> golden.compare("report.txt", "one\ntwo\n")).doesNotThrowAnyException();
        assertThatThrownBy(() -> golden.compare("report.txt", "one\ntwo"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("report.txt")
                .hasMessageContaining("-Dgolden.update=true");
    }

    @Test
    void aMissingFileFailsAndIsNotWritten() {
        assertThatThrownBy(() -> new Golden(directory, false, true).compare("new.txt", "text"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dgolden.update=true");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void anUpdateWritesNewAndOldFiles() {
        Golden golden = new Golden(directory, true, true);

        golden.compare("sub/report.txt", "first");
        golden.compare("sub/report.txt", "second");

        assertThat(directory.resolve("sub/report.txt")).hasContent("second");
    }

    @Test
    void anUpdateIsRefusedInContinuousIntegration() {
        assertThatThrownBy(() -> new Golden(directory, true, false).compare("report.txt", "text"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("golden files are not rewritten where CI is true");
        assertThat(directory).isEmptyDirectory();
    }
}
