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
import dev.lockstep.source.ToolFacts.Late;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A new migration that is older than one already applied. */
final class VersionOutOfOrder implements HistoryRule {

    private static final Cause BEHIND = new Cause(
            "behind",
            Severity.ERROR,
            Hazard.TOOL_REFUSAL,
            "{0} is new, but older than {1}, which is applied already: the migration tool {2}.",
            "Give it a version after {1}.");

    private static final RuleInfo INFO = new RuleInfo(
            "version-out-of-order",
            "A new migration has a version below one that is applied already",
            RuleInfo.Category.HISTORY,
            "0.1",
            List.of(),
            List.of(BEHIND));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(HistoryContext history, HistoryReporter report) {
        Late late = history.migrations().facts().late();
        Optional<Migration> newest = history.applied().stream()
                .filter(VersionOutOfOrder::isVersioned)
                .max(Comparator.comparing(migration -> migration.version().orElseThrow()));
        if (newest.isEmpty() || late == Late.RUN || late == Late.UNKNOWN) {
            return;
        }
        Set<String> applied = history.applied().stream().map(Migration::key).collect(Collectors.toSet());
        for (Migration migration : history.migrations().inOrder()) {
            if (isVersioned(migration)
                    && !applied.contains(migration.key())
                    && history.isJudged(migration)
                    && isBelow(migration, newest.get())) {
                report.report(
                        migration,
                        Hit.at(
                                FilePlace.of(history.script(migration)),
                                BEHIND,
                                migration.id(),
                                newest.get().id(),
                                consequence(late)));
            }
        }
    }

    private static boolean isVersioned(Migration migration) {
        return migration.kind() == Kind.VERSIONED && migration.version().isPresent();
    }

    private static boolean isBelow(Migration migration, Migration newest) {
        return migration.version().orElseThrow().compareTo(newest.version().orElseThrow()) < 0;
    }

    private static String consequence(Late late) {
        return late == Late.SKIPPED ? "never runs it where that is so" : "refuses to migrate";
    }
}
