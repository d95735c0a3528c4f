package dev.lockstep.verify;

import dev.lockstep.lock.PgVersion;
import dev.lockstep.verify.MigrationResult.Outcome;
import dev.lockstep.verify.StatementCheck.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What running the migrations showed, file by file in the order they were run.
 *
 * @param refused a line on what the server refused of the schema that the migrations start from
 */
public record VerifyReport(
        PgVersion version, Optional<String> refused, List<MigrationResult> migrations, List<UndoCheck> undo) {

    public VerifyReport {
        migrations = List.copyOf(migrations);
        undo = List.copyOf(undo);
    }

    public Stream<StatementCheck> statements() {
        return migrations.stream().flatMap(migration -> migration.statements().stream());
    }

    public int count(Verdict verdict) {
        return (int)
                statements().filter(statement -> statement.verdict() == verdict).count();
    }

    /** Whether every statement was predicted exactly, no COMMIT failed, and every undo script restores the schema. */
    public boolean isExact() {
        return statements().allMatch(statement -> statement.verdict() == Verdict.EXACT)
                && migrations.stream().noneMatch(MigrationResult::failedAtCommit)
                && undo.stream().allMatch(UndoCheck::restores);
    }

    /** Whether every file could be run or refused as its tool would. */
    public boolean isComplete() {
        return migrations.stream().noneMatch(migration -> migration.outcome() == Outcome.IMPOSSIBLE);
    }

    /** {@code 318 of 320 statements predicted exactly; 1 unknown to the model; 3 not run}. */
    public String accuracy() {
        StringBuilder line = new StringBuilder()
                .append(count(Verdict.EXACT))
                .append(" of ")
                .append(statements().count())
                .append(" statements predicted exactly");
        add(line, count(Verdict.DIFFERENT), "predicted wrongly");
        add(line, count(Verdict.UNKNOWN), "unknown to the model");
        add(line, migrations.stream().mapToInt(MigrationResult::notRun).sum(), "not run");
        return line.toString();
    }

    private static void add(StringBuilder line, int count, String what) {
        if (count > 0) {
            line.append("; ").append(count).append(' ').append(what);
        }
    }
}
