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
import dev.lockstep.source.Version;
import java.math.BigInteger;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A number left out where migrations are counted up one by one. */
final class VersionGap implements HistoryRule {

    private static final Cause GAP = new Cause(
            "gap",
            Severity.NOTE,
            Hazard.NONE,
            "{0} follows {1}, and the versions in between are missing from a sequence that is otherwise without gaps.",
            "If a migration is still to come with one of these versions, it will be older than one already applied.");

    private static final RuleInfo INFO = new RuleInfo(
            "version-gap",
            "A version is left out of a sequence without gaps",
            RuleInfo.Category.HISTORY,
            "0.1",
            List.of(),
            List.of(GAP));

    /** Fewer tell nothing about what the project means to do. */
    private static final int FEWEST = 4;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(HistoryContext history, HistoryReporter report) {
        NavigableSet<Version> versions = versions(history);
        if (!areCountedUp(List.copyOf(versions))) {
            return;
        }
        for (Migration migration : history.migrations().inOrder()) {
            Optional<Version> own = migration.version().filter(version -> migration.kind() == Kind.VERSIONED);
            own.flatMap(version -> Optional.ofNullable(versions.lower(version)))
                    .filter(previous -> !follows(previous, own.orElseThrow()))
                    .filter(previous -> history.isJudged(migration))
                    .ifPresent(previous -> report.report(
                            migration,
                            Hit.at(
                                    FilePlace.of(history.script(migration)),
                                    GAP,
                                    migration.id(),
                                    "version " + previous)));
        }
    }

    private static NavigableSet<Version> versions(HistoryContext history) {
        return new TreeSet<>(Stream.of(
                        history.migrations().inOrder().stream().map(Migration::version),
                        history.migrations().lost().stream().map(lost -> lost.version()))
                .flatMap(all -> all)
                .flatMap(Optional::stream)
                .toList());
    }

    /** Whole numbers, of which at most one in five doesn't follow the one before. */
    private static boolean areCountedUp(List<Version> versions) {
        int gaps = 0;
        for (int i = 0; i < versions.size(); i++) {
            Version version = versions.get(i);
            if (version.parts().size() > 1 || version.isDate()) {
                return false;
            }
            gaps += i > 0 && !follows(versions.get(i - 1), version) ? 1 : 0;
        }
        return versions.size() >= FEWEST && gaps * 5 <= versions.size();
    }

    private static boolean follows(Version earlier, Version later) {
        return earlier.parts().get(0).add(BigInteger.ONE).equals(later.parts().get(0));
    }
}
