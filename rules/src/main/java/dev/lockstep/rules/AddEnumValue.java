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
import dev.lockstep.rules.support.DeployedObjects;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.TypeStatement;
import java.util.List;

/** A new value of an enum, whose place or whose readers are not thought of. */
final class AddEnumValue implements StatementRule {

    private static final Cause WITHOUT_PLACE = new Cause(
            "without-place",
            Severity.NOTE,
            Hazard.NONE,
            "{0} goes to the end of {1}: ORDER BY and comparisons put it after all others, and on a"
                    + " database where the values were added in another order they differ.",
            "Say BEFORE or AFTER which value it goes.");

    private static final Cause UNKNOWN_TO_CODE = new Cause(
            "unknown-to-code",
            Severity.NOTE,
            Hazard.NONE,
            "Deployed code doesn't know the value {0} of {1}, and many mappers fail on the first row that" + " has it.",
            "Deploy code that understands it before anything writes it.");

    private static final RuleInfo INFO = new RuleInfo(
            "add-enum-value",
            "An enum in use gets a value without a place, or one that deployed code does not know",
            RuleInfo.Category.COMPATIBILITY,
            RuleSet.STYLE,
            "0.1",
            List.of(
                    "squawk:require-enum-value-ordering",
                    "pgfence:alter-enum-no-ordering",
                    "pgfence:alter-enum-add-value",
                    "postgres-language-server:avoidAlterEnumAddValue"),
            List.of(WITHOUT_PLACE, UNKNOWN_TO_CODE),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.statement() instanceof TypeStatement.AddEnumValue add
                && DeployedObjects.isDeployed(context, ObjectKind.TYPE, add.type())) {
            Cause cause = add.neighbour().isEmpty() ? WITHOUT_PLACE : UNKNOWN_TO_CODE;
            report.report(Hit.at(add.span(), cause, add.value(), add.type().toString()));
        }
    }
}
