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
import dev.lockstep.rules.support.Renames;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement.Rename;
import java.util.List;

/** A column renamed while deployed code may still use the old name. */
final class RenameColumn implements StatementRule {

    private static final Cause DEPLOYED = new Cause(
            "deployed",
            Severity.WARNING,
            Hazard.BROKEN_NAME,
            "Renaming {0}.{1} to {2} makes deployed code that uses the old name fail, and new code that uses the new one until"
                    + " it is done. It takes {3} on {0} until the transaction ends.",
            "Add {2} as a new column, keep both in step with a trigger, backfill in batches, deploy code that uses {2}, then"
                    + " drop {1}.");

    private static final RuleInfo INFO = new RuleInfo(
            "rename-column",
            "A column is renamed while deployed code may still use the old name",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of(
                    "squawk:renaming-column",
                    "pgls:renamingColumn",
                    "pgfence:rename-column",
                    "migrationpilot:MP010",
                    "pg-migration-lint:PGM505",
                    "pgsafe:rename",
                    "pgrubic:US003",
                    "strong_migrations:rename_column",
                    "atlas:BC102"),
            List.of(DEPLOYED));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Rename rename)
                || rename.kind() != ObjectKind.COLUMN
                || rename.relationKind() != ObjectKind.TABLE
                || context.isDeclaredUnused()) {
            return;
        }
        QualifiedName table = context.before().resolve(rename.object());
        String column = rename.part().orElse("");
        boolean taken = Renames.columnTakingName(context, table, column).isPresent();
        if (context.before().table(table).isAbsent() || taken || !context.isDeployed(table, column)) {
            return;
        }
        context.footprint()
                .on(table)
                .ifPresent(lock -> report.report(Hit.at(
                        rename.action(),
                        DEPLOYED,
                        table.toString(),
                        column,
                        rename.newName(),
                        lock.mode().sql())));
    }
}
