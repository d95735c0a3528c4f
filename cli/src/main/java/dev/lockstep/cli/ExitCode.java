package dev.lockstep.cli;

/** How a run ended, as the shell sees it. */
final class ExitCode {

    static final int OK = 0;

    /** Findings at or over the threshold. */
    static final int FINDINGS = 1;

    /** Wrong usage, nothing to look at, or a file that could not be read. */
    static final int USAGE = 2;

    /** A defect of Lockstep. */
    static final int DEFECT = 3;

    private ExitCode() {}
}
