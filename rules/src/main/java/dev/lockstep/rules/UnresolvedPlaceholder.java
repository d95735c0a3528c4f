package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.parse.Placeholder;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.MigrationRule;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A placeholder that was analysed without its value: said once for each name in a file. */
final class UnresolvedPlaceholder implements MigrationRule {

    private static final Cause UNKNOWN = new Cause(
            "unknown",
            Severity.NOTE,
            Hazard.NONE,
            "The value of {0} is not known; it is analysed as an identifier that stands for itself.",
            "");

    private static final RuleInfo INFO = new RuleInfo(
            "unresolved-placeholder",
            "A placeholder was analysed without its value",
            RuleInfo.Category.ANALYSIS,
            "0.1",
            List.of(),
            List.of(UNKNOWN));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(MigrationContext context, Reporter report) {
        Set<String> said = new HashSet<>();
        for (Placeholder placeholder : context.script().placeholders()) {
            if (said.add(placeholder.name())) {
                String written = context.script().source().text(placeholder.span());
                report.report(Hit.at(placeholder.span(), UNKNOWN, written));
            }
        }
    }
}
