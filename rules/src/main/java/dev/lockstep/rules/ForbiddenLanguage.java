package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleOption;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.text.Span;
import java.util.List;

/** Code in a language that the team does not use. */
final class ForbiddenLanguage implements StatementRule {

    private static final Cause LANGUAGE = new Cause(
            "language",
            Severity.WARNING,
            Hazard.NONE,
            "{0} is written in {1}; only {2} are allowed here.",
            "Write it in one of them.");

    private static final RuleOption<List<String>> ALLOWED = RuleOption.words(
            "forbidden-language", "allowed", List.of("sql", "plpgsql"), "The languages that code may be written in");

    private static final RuleInfo INFO = new RuleInfo(
            "forbidden-language",
            "A function or DO block is written in a language that is not on the team's list",
            RuleInfo.Category.DESIGN,
            RuleSet.POLICY,
            "0.1",
            List.of("pgrubic:ST002"),
            List.of(LANGUAGE),
            List.of(ALLOWED));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.statement() instanceof RoutineStatement.CreateFunction create) {
            check(context, create.function().toString(), create.language(), create.span(), report);
        } else if (context.statement() instanceof RoutineStatement.DoBlock block) {
            check(context, "The DO block", block.language(), block.span(), report);
        }
    }

    private static void check(StatementContext context, String what, String language, Span span, Reporter report) {
        List<String> allowed = context.option(ALLOWED);
        if (!allowed.contains(language)) {
            report.report(Hit.at(span, LANGUAGE, what, language, String.join(", ", allowed)));
        }
    }
}
