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
import dev.lockstep.rules.support.NewConstraints;
import dev.lockstep.sql.Constraint;
import java.util.List;
import java.util.regex.Pattern;

/** A foreign key that does not say what a DELETE does. */
final class ForeignKeyWithoutAction implements StatementRule {

    private static final Cause ON_DELETE = new Cause(
            "on-delete",
            Severity.NOTE,
            Hazard.NONE,
            "The foreign key to {0} does not say what happens to its rows when those of {0} are deleted:"
                    + " the DELETE fails.",
            "Write ON DELETE NO ACTION, RESTRICT, CASCADE or SET NULL.");

    private static final Pattern ON_DELETE_CLAUSE = Pattern.compile("(?i)\\bON\\s+DELETE\\b");

    private static final RuleInfo INFO = new RuleInfo(
            "foreign-key-without-action",
            "A foreign key has no ON DELETE clause",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of("migrationpilot:MP086"),
            List.of(ON_DELETE),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        NewConstraints.of(context).forEach(added -> {
            if (added.constraint() instanceof Constraint.ForeignKey key
                    && key.onDelete() == Constraint.ReferentialAction.NO_ACTION
                    && !ON_DELETE_CLAUSE.matcher(context.text(key.span())).find()) {
                report.report(Hit.at(key.span(), ON_DELETE, key.referenced().toString()));
            }
        });
    }
}
