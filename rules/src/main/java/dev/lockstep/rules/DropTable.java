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
import dev.lockstep.rules.support.CertainFailures;
import dev.lockstep.rules.support.Renames;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement.Drop;
import java.util.List;

/** A table dropped while deployed code may still use it. */
final class DropTable implements StatementRule {

    private static final Cause DEPLOYED = new Cause(
            "deployed",
            Severity.ERROR,
            Hazard.BROKEN_NAME,
            "Dropping table {0} makes every statement of deployed code that names it fail, and loses its rows."
                    + " It takes {1} on {0} until the transaction ends.",
            "Deploy code that no longer uses {0} first; then drop it in a later migration, with the comment"
                    + " -- lockstep:deployed and what was deployed.");

    private static final Cause RECREATED = new Cause(
            "recreated",
            Severity.ERROR,
            Hazard.LOST_ROWS,
            "Dropping table {0} loses its rows; what this transaction puts in its place starts without them. It takes {1} on {0}"
                    + " until the transaction ends.",
            "Change the table by ALTER TABLE, or build its successor under another name and move the rows first.");

    private static final RuleInfo INFO = new RuleInfo(
            "drop-table",
            "A table is dropped while deployed code may still use it",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of(
                    "squawk:ban-drop-table",
                    "pgls:banDropTable",
                    "pgfence:drop-table",
                    "migrationpilot:MP026",
                    "pg-migration-lint:PGM201",
                    "pgsafe:drop-table",
                    "pgrubic:US021",
                    "strong_migrations:drop_table",
                    "atlas:DS102"),
            List.of(DEPLOYED, RECREATED));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Drop drop)
                || drop.kind() != ObjectKind.TABLE
                || context.isDeclaredUnused()) {
            return;
        }
        for (ObjectName object : drop.objects()) {
            QualifiedName table = context.before().resolve(object);
            if (isLost(context, table)
                    && CertainFailures.of(context.footprint(object)).isEmpty()) {
                context.footprint(object)
                        .on(table)
                        .ifPresent(lock -> report.report(Hit.at(
                                object.span(),
                                context.atTransactionEnd().table(table).value().isPresent() ? RECREATED : DEPLOYED,
                                table.toString(),
                                lock.mode().sql())));
            }
        }
    }

    /** A table whose name another takes over by a rename is replaced, which is another rule's finding. */
    private static boolean isLost(StatementContext context, QualifiedName table) {
        return !context.before().table(table).isAbsent()
                && context.isDeployed(table)
                && !Renames.isTakenLater(context, table)
                && !Renames.isGivenEarlier(context, table);
    }
}
