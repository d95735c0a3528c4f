package dev.lockstep.rules.support;

import dev.lockstep.lock.Failure;
import dev.lockstep.lock.Footprint;
import java.util.Optional;

/** Failures that the schema alone tells, whatever the rows. */
public final class CertainFailures {

    /** Syntax that an older server lacks, too: a question of the target version. */
    private static final String SYNTAX_ERROR = "42601";

    private CertainFailures() {}

    public static Optional<Failure> of(Footprint footprint) {
        return footprint.failures().stream()
                .filter(failure -> failure.when() == Failure.When.ALWAYS)
                .filter(failure -> !failure.sqlState().equals(SYNTAX_ERROR))
                .findFirst();
    }
}
