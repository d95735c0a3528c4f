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
import dev.lockstep.rules.support.AlterTables;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Statement;
import java.util.List;

/** A name that PostgreSQL makes up. */
final class GeneratedName implements StatementRule {

    private static final Cause CONSTRAINT = new Cause(
            "constraint",
            Severity.NOTE,
            Hazard.NONE,
            "PostgreSQL makes up the name of this constraint of {0}, and another where that is taken: what"
                    + " drops or validates it later has to guess.",
            "Name it: ADD CONSTRAINT name ….");

    private static final Cause INDEX = new Cause(
            "index",
            Severity.NOTE,
            Hazard.NONE,
            "PostgreSQL makes up the name of this index of {0}, and another where that is taken: a second"
                    + " run builds a second index.",
            "Name it.");

    private static final RuleInfo INFO = new RuleInfo(
            "generated-name",
            "A constraint or index is added without a name",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of(
                    "diesel-guard:UnnamedConstraintCheck",
                    "migrationpilot:MP042",
                    "gitlab:Migration/ComplexIndexesRequireName"),
            List.of(CONSTRAINT, INDEX),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(context, AlterAction.AddConstraint.class, (table, action) -> {
            if (action.constraint().name().isEmpty() && !(action.constraint() instanceof Constraint.NotNull)) {
                report.report(Hit.at(action.span(), CONSTRAINT, table.toString()));
            }
        });
        if (context.statement() instanceof Statement.CreateIndex create
                && create.index().isEmpty()) {
            report.report(Hit.at(create.head(), INDEX, create.table().toString()));
        }
    }
}
