package dev.lockstep.testkit;

import java.nio.file.Path;

/** The module whose tests run. */
final class TestedModule {

    private TestedModule() {}

    /** Named by Surefire; elsewhere the working directory. */
    static Path directory() {
        return Path.of(System.getProperty("basedir", ""));
    }
}
