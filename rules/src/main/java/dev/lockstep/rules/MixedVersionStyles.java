package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.HistoryContext;
import dev.lockstep.rule.HistoryReporter;
import dev.lockstep.rule.HistoryRule;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rules.support.FilePlace;
import dev.lockstep.source.Migration;
import dev.lockstep.source.Migration.Kind;
import java.util.List;

/** Dates and small numbers as versions of one history. */
final class MixedVersionStyles implements HistoryRule {

    private static final Cause MIXED = new Cause(
            "mixed",
            Severity.NOTE,
            Hazard.NONE,
            "{0} has a date for a version where {1} has a number, so every further number comes before it.",
            "Keep to dates from here on.");

    private static final RuleInfo INFO = new RuleInfo(
            "mixed-version-styles",
            "Some versions are numbers and some are dates",
            RuleInfo.Category.HISTORY,
            "0.1",
            List.of(),
            List.of(MIXED));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(HistoryContext history, HistoryReporter report) {
        List<Migration> versioned = history.migrations().inOrder().stream()
                .filter(migration -> migration.kind() == Kind.VERSIONED
                        && migration.version().isPresent())
                .toList();
        for (int i = 1; i < versioned.size(); i++) {
            Migration migration = versioned.get(i);
            Migration previous = versioned.get(i - 1);
            if (isDated(migration) && !isDated(previous) && history.isJudged(migration)) {
                report.report(
                        migration,
                        Hit.at(FilePlace.of(history.script(migration)), MIXED, migration.id(), previous.id()));
            }
        }
    }

    private static boolean isDated(Migration migration) {
        return migration.version().orElseThrow().isDate();
    }
}
