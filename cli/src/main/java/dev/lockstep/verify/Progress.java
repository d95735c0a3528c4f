package dev.lockstep.verify;

/** Told before each file is run. */
@FunctionalInterface
public interface Progress {

    /** {@code number} of {@code total}, from 1. */
    void running(Phase phase, String path, int number, int total);
}
