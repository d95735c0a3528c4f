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
import dev.lockstep.rules.support.AlterTables;
import dev.lockstep.sql.AlterAction.StorageParameters;
import dev.lockstep.sql.Statement.AlterTable;
import java.util.List;

/** A table that is no longer vacuumed or analysed by itself. */
final class DisableAutovacuum implements StatementRule {

    private static final Cause OFF = new Cause(
            "off",
            Severity.WARNING,
            Hazard.LOST_GUARANTEE,
            "Without autovacuum dead rows of {0} pile up and its statistics go stale, until PostgreSQL vacuums it all the same, against"
                    + " transaction ID wraparound, at a time nobody chose.",
            "Tune it for this table instead: autovacuum_vacuum_scale_factor, autovacuum_vacuum_cost_delay. Around a bulk load, switch it on"
                    + " again in the same migration.");

    private static final RuleInfo INFO = new RuleInfo(
            "disable-autovacuum",
            "Autovacuum is switched off for a table in use",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of("migrationpilot:MP066"),
            List.of(OFF));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(context, StorageParameters.class, (table, action) -> {
            if (switches(action, false) && context.isInUse(table) && !isSwitchedOnLater(context, table)) {
                report.report(Hit.at(action.span(), OFF, table.toString()));
            }
        });
    }

    private static boolean switches(StorageParameters action, boolean on) {
        return action.options().stream()
                .filter(option -> option.name().equals("autovacuum_enabled"))
                .anyMatch(option -> (action.reset() || option.isOn()) == on);
    }

    private static boolean isSwitchedOnLater(StatementContext context, QualifiedName table) {
        return context.later().stream()
                .filter(later -> later.statement() instanceof AlterTable alter
                        && later.before().resolve(alter.table()).equals(table)
                        && alter.actions().stream()
                                .anyMatch(action ->
                                        action instanceof StorageParameters parameters && switches(parameters, true)))
                .findAny()
                .isPresent();
    }
}
