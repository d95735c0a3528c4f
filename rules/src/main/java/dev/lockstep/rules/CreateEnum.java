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
import dev.lockstep.sql.TypeStatement;
import java.util.List;

/** A list of values that only grows. */
final class CreateEnum implements StatementRule {

    private static final Cause VALUES_STAY = new Cause(
            "values-stay",
            Severity.NOTE,
            Hazard.NONE,
            "{0} is an enum: its values can be added to and renamed, but none can ever be removed without a"
                    + " new type and a rewrite of every column.",
            "Use a table of values with a foreign key, or text with a CHECK, where values come and go.");

    private static final RuleInfo INFO = new RuleInfo(
            "create-enum",
            "A type is made as an enum, whose values can never be removed",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of("eugene:W13", "postgres-language-server:creatingEnum", "pgrubic:GN006"),
            List.of(VALUES_STAY),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.statement() instanceof TypeStatement.CreateEnum create) {
            report.report(Hit.at(create.span(), VALUES_STAY, create.type().toString()));
        }
    }
}
