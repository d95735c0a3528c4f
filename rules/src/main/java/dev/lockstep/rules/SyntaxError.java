package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.parse.SyntaxProblem;
import dev.lockstep.parse.dialect.Dialects;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.MigrationRule;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import java.util.List;

/** A statement that PostgreSQL's own grammar refuses. */
final class SyntaxError implements MigrationRule {

    private static final Cause REFUSED =
            new Cause("refused", Severity.ERROR, Hazard.FAILURE, "PostgreSQL refuses this statement: {0}.", "");

    private static final Cause OTHER_DIALECT = new Cause(
            "other-dialect",
            Severity.ERROR,
            Hazard.FAILURE,
            "PostgreSQL refuses this statement: {0}. {1} has {2}, PostgreSQL has not.",
            "{3}.");

    private static final RuleInfo INFO = new RuleInfo(
            "syntax-error",
            "PostgreSQL's grammar refuses the statement",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of("squawk:syntax-error"),
            List.of(REFUSED, OTHER_DIALECT));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(MigrationContext context, Reporter report) {
        for (SyntaxProblem problem : context.script().problems()) {
            String statement = context.script().source().text(problem.statement());
            report.report(Dialects.of(statement)
                    .map(syntax -> Hit.at(
                            problem.span(),
                            OTHER_DIALECT,
                            problem.message(),
                            syntax.dialect(),
                            syntax.construct(),
                            syntax.advice()))
                    .orElseGet(() -> Hit.at(problem.span(), REFUSED, problem.message())));
        }
    }
}
