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
import dev.lockstep.rules.support.RowBounds;
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

    private static final RuleInfo INFO = new RuleInfo(
            "unbatched-dml",
            "UPDATE or DELETE changes any number of rows of an existing table in one transaction",
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
            List.of(UPDATE, DELETE));

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
            inside = insert.modifications();
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
        QualifiedName table = context.before().resolve(target);
        RowBounds bounds = new RowBounds(context.before(), table);
        if (context.before().table(table).isAbsent()
                || !context.isDeployed(table)
                || where.filter(bounds::isBounded).isPresent()) {
            return;
        }
        report.report(Hit.at(
                span,
                cause,
                table.toString(),
                where.isPresent() ? "every row that matches" : "every row",
                context.footprint().on(table).map(lock -> lock.mode().sql()).orElse("ROW EXCLUSIVE")));
    }
}
