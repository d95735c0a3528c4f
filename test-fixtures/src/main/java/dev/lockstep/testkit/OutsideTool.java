package dev.lockstep.testkit;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** Programs that tests want and the build does not bring. */
public final class OutsideTool {

    private OutsideTool() {}

    /**
     * Answers the program's absolute path. Where it is missing the test is skipped, and says so, or fails when the environment variable
     * {@code CI} is {@code true}.
     *
     * @param program relative to the module's directory
     * @param remedy what brings it
     */
    public static Path require(String program, String remedy) {
        return require(TestedModule.directory().resolve(program), remedy, ContinuousIntegration.isOn(), System.err);
    }

    static Path require(Path program, String remedy, boolean mustRun, PrintStream log) {
        if (Files.isExecutable(program)) {
            return program.toAbsolutePath();
        }
        String obstacle = program.getFileName() + " is missing; " + remedy + " brings it";
        if (mustRun) {
            throw new AssertionError(obstacle);
        }
        log.println("SKIPPED: " + obstacle);
        throw new TestAbortedException(obstacle);
    }
}
