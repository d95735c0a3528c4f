package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.CodeOf;
import dev.lockstep.rules.support.RowBounds;
import dev.lockstep.rules.support.RowVolume;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/** An UPDATE or DELETE of any number of rows of an existing table in one statement. */
final class UnbatchedDml implements StatementRule {

    private static final String ADVICE =
            "Change a few thousand rows at a time, by key, each batch in a transaction of its own.";

    private static final Cause UPDATE = new Cause(
            "update",
            Severity.WARNING,
            Hazard.ROW_LOCKS,
            "UPDATE of {0} changes {1} in one transaction: each stays locked, under {2} on the table, until the last is done."
                    + " Other writers of those rows wait; the old versions bloat {0}, and replicas lag.",
            ADVICE);

    private static final Cause DELETE = new Cause(
            "delete",
            Severity.WARNING,
            Hazard.ROW_LOCKS,
            "DELETE from {0} removes {1} in one transaction: each stays locked, under {2} on the table, until the last is done."
                    + " Other writers of those rows wait, and replicas lag.",
            ADVICE);

    private static final Cause MERGE = new Cause(
            "merge",
            Severity.WARNING,
            Hazard.ROW_LOCKS,
            "MERGE into {0} changes {1} in one transaction: each stays locked, under {2} on the table, until the last is done."
                    + " Other writers of those rows wait; the old versions bloat {0}, and replicas lag.",
            ADVICE);

    private static final Cause UPSERT = new Cause(
            "upsert",
            Severity.WARNING,
            Hazard.ROW_LOCKS,
            "INSERT … ON CONFLICT DO UPDATE into {0} changes {1} in one transaction: each stays locked, under {2} on the table,"
                    + " until the last is done. Other writers of those rows wait; the old versions bloat {0}, and replicas lag.",
            ADVICE);

    private static final RuleInfo INFO = new RuleInfo(
            "unbatched-dml",
            "UPDATE, DELETE or MERGE changes any number of rows of an existing table in one transaction",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "pgls:banUpdateWithoutWhere",
                    "pgls:banDeleteWithoutWhere",
                    "pgfence:update-in-migration",
                    "migrationpilot:MP011",
                    "migrationpilot:MP067",
                    "pgrubic:GN022",
                    "pgrubic:GN023",
                    "pg-migration-lint:PGM302",
                    "pg-migration-lint:PGM303"),
            List.of(UPDATE, DELETE, MERGE, UPSERT));

    private static final String EVERY_MATCH = "every row that matches";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        check(context, context.statement(), report);
    }

    /** The statement itself, and those in its WITH clauses. */
    private static void check(StatementContext context, Statement statement, Reporter report) {
        List<Statement> inside = List.of();
        if (statement instanceof Statement.Update update) {
            check(context, update.table(), update.where(), update.head(), UPDATE, report);
            inside = update.modifications();
        } else if (statement instanceof Statement.Delete delete) {
            check(context, delete.table(), delete.where(), delete.head(), DELETE, report);
            inside = delete.modifications();
        } else if (statement instanceof Statement.Insert insert) {
            if (insert.updatesOnConflict() && RowVolume.mayBeLarge(insert.source())) {
                report(context, insert.table(), EVERY_MATCH, insert.head(), UPSERT, report);
            }
            inside = insert.modifications();
        } else if (statement instanceof Statement.Merge merge) {
            if (merge.changesRows() && RowVolume.mayBeLarge(merge.reads())) {
                report(context, merge.table(), EVERY_MATCH, merge.head(), MERGE, report);
            }
            inside = merge.reads().modifications();
        } else if (statement instanceof Statement.Select select) {
            inside = select.query().modifications();
        }
        inside.forEach(modification -> check(context, modification, report));
    }

    private static void check(
            StatementContext context,
            ObjectName target,
            Optional<Expression> where,
            Span span,
            Cause cause,
            Reporter report) {
        RowBounds bounds = new RowBounds(context.before(), context.before().resolve(target));
        boolean isBatch = where.filter(bounds::isBoundedByVariable).isPresent() && CodeOf.isInLoop(context);
        if (!isBatch && where.filter(bounds::isBounded).isEmpty()) {
            report(context, target, where.isPresent() ? EVERY_MATCH : "every row", span, cause, report);
        }
    }

    private static void report(
            StatementContext context, ObjectName target, String rows, Span span, Cause cause, Reporter report) {
        QualifiedName table = context.before().resolve(target);
        boolean gone = context.before().table(table).isAbsent();
        if (gone || !context.isDeployed(table) || isLockedAgainstWriters(context, table)) {
            return;
        }
        report.report(Hit.at(
                span,
                cause,
                table.toString(),
                rows,
                context.footprint().on(table).map(lock -> lock.mode().sql()).orElse("ROW EXCLUSIVE")));
    }

    /** Then whoever would wait for a row waits for the table already, which is another rule's finding. */
    private static boolean isLockedAgainstWriters(StatementContext context, QualifiedName table) {
        return context.heldLock(table)
                .filter(held -> held.lock().mode().blocksWrites())
                .isPresent();
    }
}
