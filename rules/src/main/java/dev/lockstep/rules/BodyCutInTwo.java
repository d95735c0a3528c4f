package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.MigrationRule;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rules.support.ChangeSets;
import java.util.List;

/** A dollar-quoted body that Liquibase takes for several statements. */
final class BodyCutInTwo implements MigrationRule {

    private static final Cause CUT = new Cause(
            "cut",
            Severity.ERROR,
            Hazard.TOOL_REFUSAL,
            "Liquibase cuts the script in two here, inside a dollar-quoted body, and PostgreSQL refuses the first piece: Liquibase"
                    + " does not know dollar quotes.",
            "Say splitStatements=\"false\", or an endDelimiter that does not occur in the body.");

    private static final RuleInfo INFO = new RuleInfo(
            "body-cut-in-two",
            "Liquibase cuts a dollar-quoted body at a semicolon",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of(),
            List.of(CUT));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** The first cut is where it fails. */
    @Override
    public void check(MigrationContext context, Reporter report) {
        ChangeSets.transactions(context).stream()
                .flatMap(transactions -> transactions.cuts().stream())
                .findFirst()
                .ifPresent(cut -> report.report(Hit.at(cut, CUT)));
    }
}
