package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Shell.Outcome;
import dev.lockstep.testkit.ExampleProject;
import dev.lockstep.testkit.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The two example projects, each written the safe way and the natural wrong way. */
class ExampleProjectLintTest {

    @TempDir
    Path directory;

    private Outcome lint(ExampleProject project, String... arguments) {
        project.copyTo(directory);
        return new Shell(directory).run(arguments);
    }

    @ParameterizedTest
    @EnumSource(names = {"SHOP_SAFE", "CRM_SAFE"})
    void theSafeWayIsMetWithSilence(ExampleProject project) {
        Outcome outcome = lint(project, "lint", "--quiet");

        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"SHOP_UNSAFE", "CRM_UNSAFE"})
    void theWrongWayIsReported(ExampleProject project) {
        Outcome outcome = lint(project, "lint", "--format", "gcc", "--quiet");

        Golden.check("examples/" + project.name().toLowerCase(java.util.Locale.ROOT) + ".txt", outcome.out());
        assertThat(outcome.code()).isEqualTo(1);
    }
}
