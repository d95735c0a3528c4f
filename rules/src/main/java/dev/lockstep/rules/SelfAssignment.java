package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Statement;
import java.util.List;

/** A column that is set to itself. */
final class SelfAssignment implements StatementRule {

    private static final Cause COLUMN = new Cause(
            "column",
            Severity.NOTE,
            Hazard.NONE,
            "{0} is set to itself: the row is written anew with the same value.",
            "Leave it out, unless it is to fire a trigger.");

    private static final RuleInfo INFO = new RuleInfo(
            "self-assignment",
            "An UPDATE sets a column to itself",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of("pgrubic:GN036"),
            List.of(COLUMN),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Statement.Update update)) {
            return;
        }
        for (int i = 0; i < Math.min(update.columns().size(), update.values().size()); i++) {
            String column = update.columns().get(i);
            if (update.values().get(i) instanceof Expression.ColumnReference reference
                    && reference.column().equals(column)
                    && isOwn(reference, update)) {
                report.report(Hit.at(update.head(), COLUMN, column));
            }
        }
    }

    private static boolean isOwn(Expression.ColumnReference reference, Statement.Update update) {
        int parts = reference.parts().size();
        return parts == 1
                || reference.parts().get(parts - 2).equals(update.table().name());
    }
}
