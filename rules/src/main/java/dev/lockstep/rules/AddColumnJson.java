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
import dev.lockstep.sql.AlterAction.AddColumn;
import java.util.List;

/** A new column of a type without equality, which whole rows can't be compared by. */
final class AddColumnJson implements StatementRule {

    private static final Cause NO_EQUALITY = new Cause(
            "no-equality",
            Severity.WARNING,
            Hazard.LOST_GUARANTEE,
            "Type json of {0}.{1} has no equality operator: SELECT DISTINCT *, UNION and GROUP BY of deployed code over all columns of"
                    + " {0} fail as soon as it is there.",
            "Use jsonb.");

    private static final RuleInfo INFO = new RuleInfo(
            "add-column-json",
            "A json column makes SELECT DISTINCT and UNION over the table fail",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of("eugene:E3", "pgfence:add-column-json", "strong_migrations:add_column_json"),
            List.of(NO_EQUALITY));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(
                context,
                AddColumn.class,
                (table, action) -> action.column()
                        .type()
                        .filter(type -> type.name().equals("json") && type.arrayDimensions() == 0)
                        .filter(type -> context.isDeployed(table))
                        .ifPresent(type -> report.report(Hit.at(
                                type.span(),
                                NO_EQUALITY,
                                table.toString(),
                                action.column().name().name()))));
    }
}
