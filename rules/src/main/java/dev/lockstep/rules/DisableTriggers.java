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
import dev.lockstep.sql.AlterAction.Switch;
import java.util.List;

/** All triggers of a table switched off at once, those that hold its foreign keys among them. */
final class DisableTriggers implements StatementRule {

    private static final Cause ALL = new Cause(
            "all",
            Severity.WARNING,
            Hazard.LOST_GUARANTEE,
            "DISABLE TRIGGER ALL on {0} switches its foreign keys off too: rows written meanwhile are checked neither then nor later,"
                    + " while the keys still count as valid.",
            "Disable the triggers that are in the way by name, and enable them again in the same transaction.");

    private static final Cause USER = new Cause(
            "user",
            Severity.WARNING,
            Hazard.LOST_GUARANTEE,
            "DISABLE TRIGGER USER on {0} switches off every trigger that keeps something in step with it, for whoever writes {0}"
                    + " meanwhile.",
            "Disable the triggers that are in the way by name, and enable them again in the same transaction.");

    private static final RuleInfo INFO = new RuleInfo(
            "disable-triggers",
            "All triggers of a table are switched off at once, and with ALL its foreign keys",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of("migrationpilot:MP064", "pg-migration-lint:PGM020"),
            List.of(ALL, USER));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(context, Switch.class, (table, action) -> {
            boolean all = !action.rule() && action.name().isEmpty() && action.mode() == Switch.Mode.DISABLE;
            if (all && context.isInUse(table)) {
                report.report(Hit.at(action.span(), action.userTriggersOnly() ? USER : ALL, table.toString()));
            }
        });
    }
}
