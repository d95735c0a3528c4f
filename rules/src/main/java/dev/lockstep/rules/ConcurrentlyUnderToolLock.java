package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.HistoryContext;
import dev.lockstep.rule.HistoryReporter;
import dev.lockstep.rule.HistoryRule;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.source.Migration;
import dev.lockstep.source.ToolFacts.Lock;
import dev.lockstep.source.TransactionRule.FileTransaction;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Locale;

/** A concurrent index build that waits for a transaction of the migration tool itself. */
final class ConcurrentlyUnderToolLock implements HistoryRule {

    private static final String WAITS =
            "{0} CONCURRENTLY waits for every transaction with an older snapshot, and Flyway keeps one open on a second"
                    + " connection as its lock";

    private static final Cause HANGS = new Cause(
            "hangs",
            Severity.ERROR,
            Hazard.NONE,
            WAITS + ": the migration never ends.",
            "Set flyway.postgresql.transactional.lock=false.");

    private static final Cause MAY_HANG = new Cause(
            "may-hang",
            Severity.NOTE,
            Hazard.NONE,
            WAITS + ", unless flyway.postgresql.transactional.lock=false; no settings of Flyway are in sight here.",
            "See to it that they say so; this is said once, for all such statements.");

    private static final RuleInfo INFO = new RuleInfo(
            "concurrently-under-tool-lock",
            "A concurrent index build waits for a transaction of the migration tool itself",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of(),
            List.of(HANGS, MAY_HANG));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(HistoryContext history, HistoryReporter report) {
        Lock lock = history.migrations().facts().lock();
        if (lock == Lock.NONE) {
            return;
        }
        for (Migration migration : history.migrations().inOrder()) {
            if (history.isJudged(migration) && saysConcurrently(migration)) {
                check(migration, history.script(migration), lock, report);
            }
        }
    }

    private static boolean saysConcurrently(Migration migration) {
        return migration.source().content().toUpperCase(Locale.ROOT).contains("CONCURRENTLY");
    }

    /** What the tool refuses to run, or PostgreSQL inside a transaction, never comes to wait. */
    private static void check(Migration migration, ParsedScript script, Lock lock, HistoryReporter report) {
        FileTransaction transaction = migration
                .transactions()
                .decide(script.statements().stream()
                        .map(statement -> script.source().text(statement.span()))
                        .toList());
        if (transaction.mode() == Mode.ONE_TRANSACTION || transaction.refusal().isPresent()) {
            return;
        }
        for (Statement statement : script.statements()) {
            if (statement instanceof Statement.CreateIndex create && create.concurrently()) {
                report(migration, create.head(), "CREATE INDEX", lock, report);
            } else if (statement instanceof Statement.Reindex reindex && reindex.concurrently()) {
                report(migration, reindex.span(), "REINDEX", lock, report);
            }
        }
    }

    private static void report(Migration migration, Span place, String words, Lock lock, HistoryReporter report) {
        if (lock == Lock.TRANSACTION) {
            report.report(migration, Hit.at(place, HANGS, words));
        } else {
            report.reportOnce(migration, Hit.at(place, MAY_HANG, words));
        }
    }
}
