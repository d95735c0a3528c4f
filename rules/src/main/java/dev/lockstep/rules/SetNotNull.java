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
import dev.lockstep.rules.support.BlockedTables;
import dev.lockstep.sql.AlterAction;
import java.util.List;

/** SET NOT NULL that scans the table. */
final class SetNotNull implements StatementRule {

    private static final Cause UNPROVEN = new Cause(
            "unproven",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "SET NOT NULL on {0}.{1} scans all of {0} under {2}, and {3} of {0} wait until the scan is done."
                    + " It fails if any row holds a NULL.",
            "Add CHECK ({1} IS NOT NULL) NOT VALID, backfill, VALIDATE CONSTRAINT in a later migration, then SET NOT NULL:"
                    + " with the validated CHECK PostgreSQL skips the scan.");

    private static final RuleInfo INFO = new RuleInfo(
            "set-not-null",
            "SET NOT NULL scans the table under ACCESS EXCLUSIVE unless a validated CHECK proves it",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "squawk:adding-not-nullable-field",
                    "eugene:E2",
                    "pgls:addingNotNullField",
                    "pgfence:alter-column-set-not-null",
                    "migrationpilot:MP002",
                    "pg-migration-lint:PGM013",
                    "pgsafe:set-not-null",
                    "strong_migrations:change_column_null",
                    "atlas:PG303"),
            List.of(UNPROVEN));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(context, AlterAction.SetNotNull.class, (table, action) -> {
            BlockedTables.duringWork(context, context.footprint(action))
                    .findFirst()
                    .ifPresent(lock -> report.report(Hit.at(
                            action.span(),
                            UNPROVEN,
                            table.toString(),
                            action.column(),
                            lock.mode().sql(),
                            lock.mode().blocked())));
        });
    }
}
