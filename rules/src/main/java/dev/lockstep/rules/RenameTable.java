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

/** A table renamed while deployed code may still use the old name. */
final class RenameTable implements StatementRule {

    private static final Cause DEPLOYED = new Cause(
            "deployed",
            Severity.WARNING,
            Hazard.BROKEN_NAME,
            "Renaming table {0} to {1} makes deployed code that uses the old name fail, and new code that uses the new one"
                    + " until it is done. It takes {2} on {0} until the transaction ends.",
            "Rename it and create a view under the old name in the same transaction; deploy code that uses {1}, then drop the"
                    + " view.");

    private static final RuleInfo INFO = new RuleInfo(
            "rename-table",
            "A table is renamed while deployed code may still use the old name",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of(
                    "squawk:renaming-table",
                    "pgls:renamingTable",
                    "pgfence:rename-table",
                    "migrationpilot:MP028",
                    "pg-migration-lint:PGM504",
                    "pgsafe:rename",
                    "pgrubic:US022",
                    "strong_migrations:rename_table",
                    "atlas:BC101"),
            List.of(DEPLOYED));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Rename rename)
                || rename.kind() != ObjectKind.TABLE
                || context.isDeclaredUnused()) {
            return;
        }
        QualifiedName table = context.before().resolve(rename.object());
        // ALTER TABLE … RENAME also renames indexes; nothing deployed names those.
        boolean index = context.before().index(table).value().isPresent();
        boolean gone = context.before().table(table).isAbsent();
        if (index || gone || !context.isDeployed(table) || isStoodInFor(context, table)) {
            return;
        }
        context.footprint()
                .on(table)
                .ifPresent(lock -> report.report(Hit.at(
                        rename.action(),
                        DEPLOYED,
                        table.toString(),
                        rename.newName(),
                        lock.mode().sql())));
    }

    /** A view of the old name keeps old code working; another table of it is another rule's finding. */
    private static boolean isStoodInFor(StatementContext context, QualifiedName table) {
        return context.atTransactionEnd().table(table).value().isPresent() || Renames.isGivenEarlier(context, table);
    }
}
