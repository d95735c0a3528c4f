package dev.lockstep.cli;

import dev.lockstep.finding.Finding;
import dev.lockstep.finding.Severity;
import java.util.List;
import java.util.Optional;

/** The level from which on findings fail the run; empty: never. */
record Threshold(Optional<Severity> level) {

    boolean isReachedBy(List<Finding> findings) {
        return level.isPresent()
                && findings.stream().anyMatch(finding -> finding.severity().compareTo(level.get()) >= 0);
    }
}
