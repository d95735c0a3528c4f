package dev.lockstep.verify;

import dev.lockstep.source.Migration;
import dev.lockstep.text.Position;
import java.util.List;
import java.util.Optional;

/**
 * One run of one file.
 *
 * @param reason why it did not run to its end
 * @param statements those that were run, in order; BEGIN, COMMIT and their kin only where they failed
 * @param notRun how many statements were not
 * @param skipped psql's meta-commands, which are no SQL
 */
public record MigrationResult(
        Phase phase,
        Migration migration,
        Outcome outcome,
        Optional<String> reason,
        List<StatementCheck> statements,
        int notRun,
        List<Skipped> skipped) {

    public enum Outcome {
        APPLIED,
        /** A statement failed; what its transaction had done is rolled back. */
        FAILED,
        /** The tool would not run it. */
        REFUSED,
        /** We can't run it. */
        IMPOSSIBLE
    }

    /** A meta-command, and where it stands. */
    public record Skipped(Position position, String what) {}

    public MigrationResult {
        statements = List.copyOf(statements);
        skipped = List.copyOf(skipped);
    }

    /** Whether it failed though no statement did: no prediction is made of that. */
    public boolean failedAtCommit() {
        return outcome == Outcome.FAILED
                && statements.stream()
                        .noneMatch(check -> check.observed().failure().isPresent());
    }
}
