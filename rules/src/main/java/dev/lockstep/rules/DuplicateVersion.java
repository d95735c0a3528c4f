package dev.lockstep.rules;

import dev.lockstep.finding.Related;
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
import dev.lockstep.source.Migrations.Lost;
import dev.lockstep.source.Version;
import dev.lockstep.text.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Two migrations that their tool takes for one. */
final class DuplicateVersion implements HistoryRule {

    private static final Cause SAME_VERSION = new Cause(
            "same-version",
            Severity.ERROR,
            Hazard.TOOL_REFUSAL,
            "{0} has the same version as {1}, and the migration tool runs only one migration of a version, or none at all.",
            "Give it a version of its own, after all others.");

    private static final Cause SAME_DESCRIPTION = new Cause(
            "same-description",
            Severity.ERROR,
            Hazard.TOOL_REFUSAL,
            "{0} has the same description as {1}, and the migration tool knows repeatable migrations by it: it refuses to start.",
            "Give it a description of its own.");

    private static final RuleInfo INFO = new RuleInfo(
            "duplicate-version",
            "Two migrations have the same version",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of(),
            List.of(SAME_VERSION, SAME_DESCRIPTION));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(HistoryContext history, HistoryReporter report) {
        Map<Version, Supplier<Place>> versions = new HashMap<>();
        Map<String, Supplier<Place>> repeatables = new HashMap<>();
        for (Lost lost : history.migrations().lost()) {
            lost.version().ifPresent(version -> versions.put(version, lost::place));
        }
        for (Migration migration : history.migrations().inOrder()) {
            if (migration.kind() == Kind.REPEATABLE) {
                see(migration, migration.id(), SAME_DESCRIPTION, repeatables, history, report);
            } else if (migration.kind() == Kind.VERSIONED) {
                migration
                        .version()
                        .ifPresent(version -> see(migration, version, SAME_VERSION, versions, history, report));
            }
        }
    }

    private static <K> void see(
            Migration migration,
            K key,
            Cause cause,
            Map<K, Supplier<Place>> seen,
            HistoryContext history,
            HistoryReporter report) {
        Supplier<Place> place = () -> new Place(migration.source(), FilePlace.of(history.script(migration)));
        Supplier<Place> earlier = seen.putIfAbsent(key, place);
        if (earlier != null) {
            Place own = place.get();
            Place first = earlier.get();
            report.report(
                    migration,
                    new Hit(
                            own.span(),
                            cause,
                            List.of(migration.id(), first.source().path()),
                            List.of(new Related(first.source(), first.span(), "the other one"))));
        }
    }
}
