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
import dev.lockstep.sql.Expression;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A CHECK that may be false tomorrow. */
final class VolatileCheck implements StatementRule {

    private static final Cause CHANGES = new Cause(
            "changes",
            Severity.WARNING,
            Hazard.NONE,
            "The CHECK calls {0}, whose result changes: rows that passed it may fail it later, and then a"
                    + " restored backup or an UPDATE of another column does.",
            "Check what depends on the row alone; test the rest in a trigger.");

    /** The functions that are known to, STABLE ones that read the clock or the session among them. */
    private static final Set<String> CHANGING = Set.of(
            "now",
            "current_timestamp",
            "current_date",
            "current_time",
            "localtime",
            "localtimestamp",
            "transaction_timestamp",
            "statement_timestamp",
            "clock_timestamp",
            "random",
            "gen_random_uuid",
            "nextval",
            "current_user",
            "session_user",
            "current_setting",
            "age",
            "timeofday");

    private static final RuleInfo INFO = new RuleInfo(
            "volatile-check",
            "A CHECK calls a function whose result changes with time, session or chance",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of("migrationpilot:MP087"),
            List.of(CHANGES),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        for (NewConstraints.NewConstraint added : NewConstraints.of(context)) {
            if (added.constraint() instanceof Constraint.Check check) {
                within(check.expression())
                        .filter(Expression.FunctionCall.class::isInstance)
                        .map(Expression.FunctionCall.class::cast)
                        .filter(call -> CHANGING.contains(call.name()))
                        .findFirst()
                        .ifPresent(call -> report.report(Hit.at(check.span(), CHANGES, call.name())));
            }
        }
    }

    private static Stream<Expression> within(Expression expression) {
        return Stream.concat(
                Stream.of(expression), expression.children().stream().flatMap(VolatileCheck::within));
    }
}
