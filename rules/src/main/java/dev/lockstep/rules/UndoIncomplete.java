package dev.lockstep.rules;

import dev.lockstep.catalog.SchemaDifference;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.HistoryContext;
import dev.lockstep.rule.HistoryContext.Passage;
import dev.lockstep.rule.HistoryReporter;
import dev.lockstep.rule.HistoryRule;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rules.support.FilePlace;
import dev.lockstep.source.Migration;
import java.util.List;
import java.util.Optional;

/** An undo script after which the schema is not what it was. */
final class UndoIncomplete implements HistoryRule {

    private static final Cause INCOMPLETE = new Cause(
            "incomplete",
            Severity.WARNING,
            Hazard.NONE,
            "This script does not take {0} back: {1}.",
            "Make it leave the schema that was there before {0}.");

    private static final RuleInfo INFO = new RuleInfo(
            "undo-incomplete",
            "An undo script leaves another schema than there was before its migration",
            RuleInfo.Category.HISTORY,
            "0.1",
            List.of(),
            List.of(INCOMPLETE));

    private static final int NAMED = 3;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(HistoryContext history, HistoryReporter report) {
        for (Migration migration : history.migrations().inOrder()) {
            Optional<Migration> undo =
                    Optional.ofNullable(history.migrations().undo().get(migration.id()));
            Optional<Passage> passage = history.passage(migration);
            if (undo.isPresent() && passage.isPresent()) {
                check(migration, undo.get(), passage.get(), history, report);
            }
        }
    }

    private static void check(
            Migration migration, Migration undo, Passage passage, HistoryContext history, HistoryReporter report) {
        List<String> differences = SchemaDifference.of(
                passage.before(),
                passage.after(),
                history.tryOn(passage.after(), undo).after());
        if (!differences.isEmpty() && history.script(undo).notUnderstood().isEmpty()) {
            report.report(
                    migration,
                    undo.source(),
                    Hit.at(FilePlace.of(history.script(undo)), INCOMPLETE, migration.id(), words(differences)));
        }
    }

    private static String words(List<String> differences) {
        int more = differences.size() - NAMED;
        String named = String.join("; ", differences.subList(0, Math.min(NAMED, differences.size())));
        return more > 0 ? named + "; and " + more + " more" : named;
    }
}
