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
import dev.lockstep.rules.support.NewNames;
import dev.lockstep.sql.NameRules;
import java.util.List;

/** A name that PostgreSQL cuts short. */
final class LongName implements StatementRule {

    private static final Cause CUT = new Cause(
            "cut",
            Severity.WARNING,
            Hazard.NONE,
            "{0} has {1} bytes, and PostgreSQL keeps 63 of them: its name is {2}.",
            "Choose a shorter name.");

    /** In UTF-8, in bytes. */
    private static final int LONGEST_CHARACTER = 4;

    private static final RuleInfo INFO = new RuleInfo(
            "long-name",
            "A new name has more than 63 bytes and is cut short",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of("squawk:identifier-too-long"),
            List.of(CUT),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** A cut name has all bytes but those of a last character that didn't fit whole; the written one may have escapes. */
    private static boolean isCut(String name) {
        return NameRules.bytes(name) > NameRules.LONGEST - LONGEST_CHARACTER;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        for (NewNames.NewName name : NewNames.of(context.statement())) {
            String written = NewNames.written(context, name).replace("\"", "");
            if (isCut(name.name()) && NameRules.bytes(written) > NameRules.LONGEST) {
                report.report(Hit.at(name.span(), CUT, written, String.valueOf(NameRules.bytes(written)), name.name()));
            }
        }
    }
}
