package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.AlterTables;
import dev.lockstep.sql.AlterAction;
import java.util.List;

/** A column dropped while deployed code may still use it. */
final class DropColumn implements StatementRule {

    private static final Cause DEPLOYED = new Cause(
            "deployed",
            Severity.ERROR,
            Hazard.BROKEN_NAME,
            "Dropping {0}.{1} makes every statement of deployed code that names it fail, and loses its data."
                    + " It takes {2} on {0} until the transaction ends.",
            "Deploy code that no longer reads or writes {1} first; then drop it in a later migration, with the comment"
                    + " -- lockstep:deployed and what was deployed.");

    private static final RuleInfo INFO = new RuleInfo(
            "drop-column",
            "A column is dropped while deployed code may still use it",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of(
                    "squawk:ban-drop-column",
                    "pgls:banDropColumn",
                    "pgfence:drop-column",
                    "migrationpilot:MP017",
                    "pg-migration-lint:PGM009",
                    "pgsafe:drop-column",
                    "pgrubic:US001",
                    "strong_migrations:remove_column",
                    "atlas:DS103"),
            List.of(DEPLOYED));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(context, AlterAction.DropColumn.class, (table, action) -> {
            boolean gone = context.before()
                    .table(table)
                    .flatMap(known -> known.column(action.column()))
                    .isAbsent();
            if (gone || context.isDeclaredUnused() || !context.isDeployed(table, action.column())) {
                return;
            }
            context.footprint(action)
                    .on(table)
                    .ifPresent(lock -> report.report(Hit.at(
                            action.span(),
                            DEPLOYED,
                            table.toString(),
                            action.column(),
                            lock.mode().sql())));
        });
    }
}
