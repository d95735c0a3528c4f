package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.MigrationRule;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.source.Migration;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.List;

/** A migration that was applied already, and has another text now. */
final class EditedAppliedMigration implements MigrationRule {

    private static final Cause EDITED = new Cause(
            "edited",
            Severity.ERROR,
            Hazard.TOOL_REFUSAL,
            "{0} was applied already and has been edited since. Databases that ran the old text don't get the change, and a"
                    + " tool that compares checksums refuses to start.",
            "Restore the old text, and make the change in a new migration.");

    private static final RuleInfo INFO = new RuleInfo(
            "edited-applied-migration",
            "A migration that was applied already has been edited",
            RuleInfo.Category.HISTORY,
            "0.1",
            List.of("atlas:non-linear-history"),
            List.of(EDITED));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(MigrationContext context, Reporter report) {
        if (context.migration().kind() == Migration.Kind.REPEATABLE) {
            return;
        }
        SourceText now = context.script().source();
        context.appliedText()
                .filter(applied -> !lines(applied).equals(lines(now)))
                .ifPresent(applied -> report.report(Hit.at(
                        firstDifference(applied, now),
                        EDITED,
                        context.migration().id())));
    }

    /** Line endings and a last line ending change no tool's checksum. */
    private static List<String> lines(SourceText text) {
        return text.content().lines().toList();
    }

    /** The first line that differs; the last line when lines were cut off the end. */
    private static Span firstDifference(SourceText applied, SourceText now) {
        List<String> before = lines(applied);
        List<String> after = lines(now);
        for (int i = 0; i < after.size(); i++) {
            if (i >= before.size() || !before.get(i).equals(after.get(i))) {
                return now.line(i + 1);
            }
        }
        return now.line(Math.max(1, after.size()));
    }
}
