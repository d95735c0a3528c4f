package dev.lockstep.verify;

import dev.lockstep.source.Migration;

/** Told before each file is run. */
@FunctionalInterface
public interface Progress {

    /** {@code number} of {@code total}, from 1. */
    void running(Phase phase, Migration migration, int number, int total);
}
