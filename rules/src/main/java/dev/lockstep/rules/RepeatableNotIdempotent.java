package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.Failure;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.HistoryContext;
import dev.lockstep.rule.HistoryContext.TrialStatement;
import dev.lockstep.rule.HistoryReporter;
import dev.lockstep.rule.HistoryRule;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.source.Migration;
import dev.lockstep.source.Migration.Kind;
import dev.lockstep.sql.AttachedStatement;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A repeatable migration that can't be repeated. */
final class RepeatableNotIdempotent implements HistoryRule {

    private static final Cause FAILS = new Cause(
            "fails-again",
            Severity.ERROR,
            Hazard.NONE,
            "{0} fails when this file runs again, because what it makes is there already; a repeatable migration runs again"
                    + " whenever its text changes.",
            "Say OR REPLACE or IF NOT EXISTS, or drop it first with IF EXISTS.");

    private static final Cause INSERTS = new Cause(
            "inserts-again",
            Severity.WARNING,
            Hazard.NONE,
            "{0} adds its rows once more each time this file runs, or fails on their keys; a repeatable migration runs again"
                    + " whenever its text changes.",
            "Add ON CONFLICT, or delete the rows first.");

    private static final RuleInfo INFO = new RuleInfo(
            "repeatable-not-idempotent",
            "A repeatable migration does not bear being run twice",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of(),
            List.of(FAILS, INSERTS));

    /** Duplicate schema, table, object, function, column. */
    private static final Set<String> EXISTS = Set.of("42P06", "42P07", "42710", "42723", "42701");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(HistoryContext history, HistoryReporter report) {
        for (Migration migration : history.migrations().inOrder()) {
            if (migration.kind() == Kind.REPEATABLE && history.isJudged(migration)) {
                history.passage(migration).ifPresent(passage -> {
                    Set<QualifiedName> emptied = new HashSet<>();
                    history.tryOn(passage.after(), migration)
                            .statements()
                            .forEach(statement -> check(migration, statement, emptied, report));
                });
            }
        }
    }

    private static void check(
            Migration migration, TrialStatement trial, Set<QualifiedName> emptied, HistoryReporter report) {
        Statement statement = trial.statement();
        String sql = migration.source().text(statement.span());
        if (fails(trial)) {
            report.report(migration, Hit.at(statement.span(), FAILS, words(sql)));
        } else if (statement instanceof Statement.Delete delete) {
            emptied.add(trial.before().resolve(delete.table()));
        } else if (statement instanceof Statement.Truncate truncate) {
            truncate.tables().forEach(table -> emptied.add(trial.before().resolve(table)));
        } else if (statement instanceof Statement.Insert insert
                && addsAgain(insert, sql)
                && !emptied.contains(trial.before().resolve(insert.table()))
                && !isMadeHere(trial.before(), insert.table())) {
            report.report(
                    migration,
                    Hit.at(
                            insert.head(),
                            INSERTS,
                            "INSERT INTO " + trial.before().resolve(insert.table())));
        }
    }

    private static boolean fails(TrialStatement trial) {
        return trial.footprint().failures().stream()
                        .filter(failure -> failure.when() == Failure.When.ALWAYS)
                        .anyMatch(failure -> EXISTS.contains(failure.sqlState()))
                || isTaken(trial.statement(), trial.before());
    }

    private static boolean isTaken(Statement statement, Catalog before) {
        if (statement instanceof Statement.CreateView view) {
            return !view.orReplace() && isRelation(before, view.view());
        }
        if (statement instanceof Statement.CreateTableAs made) {
            return !made.ifNotExists() && isRelation(before, made.table());
        }
        return statement instanceof AttachedStatement.CreateTrigger trigger
                && !trigger.orReplace()
                && before.table(trigger.table())
                        .value()
                        .filter(table -> table.attached().triggers().stream()
                                .anyMatch(known ->
                                        known.name().equals(trigger.name().name())))
                        .isPresent();
    }

    private static boolean isRelation(Catalog before, ObjectName name) {
        return before.table(name).value().isPresent();
    }

    private static boolean addsAgain(Statement.Insert insert, String sql) {
        String upper = sql.toUpperCase(Locale.ROOT);
        return !insert.updatesOnConflict()
                && !upper.contains("ON CONFLICT")
                && !upper.contains("EXISTS")
                && !upper.contains("EXCEPT");
    }

    /** A table of the session's own is empty each time. */
    private static boolean isMadeHere(Catalog before, ObjectName table) {
        return before.table(table)
                .value()
                .filter(known -> known.persistence() == Statement.Persistence.TEMPORARY)
                .isPresent();
    }

    private static String words(String sql) {
        String line = sql.lines().findFirst().orElse("").strip();
        String head = line.split("\\s+(?i:AS|ON|RETURNS)\\b|\\s*\\(", 2)[0];
        return head.length() > 60 ? head.substring(0, 60) + " …" : head;
    }
}
