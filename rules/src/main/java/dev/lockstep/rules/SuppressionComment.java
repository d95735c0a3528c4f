package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.MigrationRule;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rule.Suppression;
import dev.lockstep.text.Span;
import java.util.List;

/** A comment that is to silence a rule, and is not in order. */
final class SuppressionComment implements MigrationRule {

    private static final Cause NO_REASON = new Cause(
            "no-reason",
            Severity.WARNING,
            Hazard.NONE,
            "This lockstep:ignore comment gives no reason, so it silences nothing.",
            "Say why the finding does no harm here.");

    private static final Cause NO_RULE = new Cause(
            "no-rule",
            Severity.WARNING,
            Hazard.NONE,
            "This lockstep:ignore comment names no rule, so it silences nothing.",
            "Name the rule: `lockstep rules` lists them.");

    private static final Cause UNKNOWN_RULE =
            new Cause("unknown-rule", Severity.WARNING, Hazard.NONE, "There is no rule {0}.", "{1}.");

    private static final Cause OVER = new Cause(
            "over",
            Severity.WARNING,
            Hazard.NONE,
            "This comment was to silence {0} until {1} and does so no longer.",
            "Do what was put off, or give another day, as in until=2027-01-31.");

    private static final Cause UNUSED = new Cause(
            "unused",
            Severity.WARNING,
            Hazard.NONE,
            "There is no finding of {0} that this comment could silence.",
            "Remove it.");

    private static final RuleInfo INFO = new RuleInfo(
            "suppression-comment",
            "A comment that is to silence a rule has no reason, no such rule, no finding, or an end that is" + " past",
            RuleInfo.Category.ANALYSIS,
            RuleSet.SAFETY,
            "0.1",
            List.of("squawk:unused-ignore"),
            List.of(NO_REASON, NO_RULE, UNKNOWN_RULE, OVER, UNUSED),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(MigrationContext context, Reporter report) {
        for (Suppression suppression : context.suppressions()) {
            if (suppression.own()) {
                check(context, suppression, report);
            }
        }
    }

    private static void check(MigrationContext context, Suppression suppression, Reporter report) {
        Span span = suppression.span();
        suppression.unknown().forEach(name -> report.report(Hit.at(span, UNKNOWN_RULE, name, hint(context, name))));
        String rules = String.join(", ", suppression.rules());
        if (suppression.rules().isEmpty()) {
            if (suppression.unknown().isEmpty()) {
                report.report(Hit.at(span, NO_RULE));
            }
        } else if (suppression.over()) {
            report.report(Hit.at(span, OVER, rules, suppression.until()));
        } else if (suppression.reason().isEmpty()) {
            report.report(Hit.at(span, NO_REASON));
        } else {
            report.report(Hit.at(span, UNUSED, rules), ending -> !context.isUsed(suppression));
        }
    }

    private static String hint(MigrationContext context, String name) {
        return context.ruleNames()
                .nearest(name)
                .map(near -> "Perhaps " + near + " is meant")
                .orElse("`lockstep rules` lists those there are");
    }
}
