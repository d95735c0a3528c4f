package dev.lockstep.rules;

import dev.lockstep.catalog.Attached;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
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
import dev.lockstep.sql.AlterAction.Plain.Kind;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement.Drop;
import java.util.List;
import java.util.Optional;

/** Row security switched on with nobody let in, or off with everybody let in. */
final class RowSecurity implements StatementRule {

    private static final Cause NO_POLICY = new Cause(
            "no-policy",
            Severity.WARNING,
            Hazard.NONE,
            "{0} has no permissive policy: with row security on, it is empty to every role but its owner, and their writes fail.",
            "CREATE POLICY in the same transaction, before row security is switched on.");

    private static final Cause LAST_POLICY = new Cause(
            "last-policy",
            Severity.WARNING,
            Hazard.LOST_GUARANTEE,
            "{0} has no permissive policy left while row security is on: it is empty to every role but its owner, and their writes"
                    + " fail.",
            "Create the policy that is to replace it in the same transaction.");

    private static final Cause DISABLED = new Cause(
            "disabled",
            Severity.WARNING,
            Hazard.LOST_GUARANTEE,
            "With row security off, every role that may read {0} reads all of its rows, whatever its policies say.",
            "Change the policies instead.");

    private static final RuleInfo INFO = new RuleInfo(
            "row-security",
            "Row security shuts deployed code out of a table, or lets everybody in",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of("migrationpilot:MP057"),
            List.of(NO_POLICY, LAST_POLICY, DISABLED));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(context, AlterAction.Plain.class, (table, action) -> {
            boolean on = isOn(context.before().table(table).value());
            if (!context.isDeployed(table)) {
                return;
            }
            if (action.kind() == Kind.ENABLE_ROW_LEVEL_SECURITY && !on && shutsOut(context, table)) {
                report.report(Hit.at(action.span(), NO_POLICY, table.toString()));
            } else if (action.kind() == Kind.DISABLE_ROW_LEVEL_SECURITY && on) {
                report.report(Hit.at(action.span(), DISABLED, table.toString()));
            }
        });
        if (context.statement() instanceof Drop drop
                && drop.kind() == ObjectKind.POLICY
                && drop.table().isPresent()) {
            QualifiedName table = context.before().resolve(drop.table().get());
            if (context.isDeployed(table) && hadPolicy(context, table) && shutsOut(context, table)) {
                report.report(Hit.at(drop.span(), LAST_POLICY, table.toString()));
            }
        }
    }

    private static boolean hadPolicy(StatementContext context, QualifiedName table) {
        return context.before().table(table).value().stream()
                .anyMatch(known -> known.attached().policies().stream().anyMatch(Attached.Policy::permissive));
    }

    /** Whether the transaction leaves row security on, and no policy that lets anybody in. */
    private static boolean shutsOut(StatementContext context, QualifiedName table) {
        Optional<Table> end = context.atTransactionEnd().table(table).value();
        return isOn(end)
                && end.stream()
                        .flatMap(known -> known.attached().policies().stream())
                        .noneMatch(Attached.Policy::permissive);
    }

    private static boolean isOn(Optional<Table> table) {
        return table.filter(known -> known.attached().rowSecurity()).isPresent();
    }
}
