package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.RoutineStatement.CreateFunction;
import java.util.List;

/** A function that runs with its owner's rights and looks names up where its caller says. */
final class SecurityDefinerSearchPath implements StatementRule {

    private static final Cause UNSET = new Cause(
            "unset",
            Severity.WARNING,
            Hazard.NONE,
            "{0} runs with its owner's rights and looks names up in its caller's search_path: whoever may create an object in a schema of"
                    + " that path, pg_temp included, can make it run theirs.",
            "SET search_path = …, pg_temp on the function, with schemas that only trusted roles can create in.");

    private static final RuleInfo INFO = new RuleInfo(
            "security-definer-search-path",
            "A SECURITY DEFINER function leaves the search_path to its caller",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of("migrationpilot:MP099", "pgrubic:ST003", "pgspot:PS003", "splinter:0011"),
            List.of(UNSET));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.statement() instanceof CreateFunction create
                && create.securityDefiner()
                && !create.settings().contains("search_path")
                && isLookedUpAtRunTime(context, create)) {
            report.report(
                    Hit.at(create.function().span(), UNSET, create.function().toString()));
        }
    }

    /** Names in an SQL-standard body are looked up once, when the function is created. */
    private static boolean isLookedUpAtRunTime(StatementContext context, CreateFunction create) {
        return create.body()
                .map(body -> context.text(body.span()))
                .filter(text -> !text.isEmpty() && !Character.isLetter(text.charAt(0)) || text.matches("(?is)e'.*"))
                .isPresent();
    }
}
