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
import java.util.Map;

/** A migration without an undo script, in a project that has them. */
final class UndoMissing implements HistoryRule {

    private static final Cause MISSING = new Cause(
            "missing",
            Severity.WARNING,
            Hazard.NONE,
            "Nothing undoes {0}, while other migrations of this project have an undo script: undoing stops at this one.",
            "Write the script that takes it back.");

    private static final RuleInfo INFO = new RuleInfo(
            "undo-missing",
            "A migration has no undo script where others have one",
            RuleInfo.Category.HISTORY,
            "0.1",
            List.of(),
            List.of(MISSING));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** Migrations from before the first undo script are none of its business, nor tools that undo by other means than scripts. */
    @Override
    public void check(HistoryContext history, HistoryReporter report) {
        Map<String, Migration> undo = history.migrations().undo();
        boolean begun = false;
        for (Migration migration : history.migrations().inOrder()) {
            boolean undoable = undo.containsKey(migration.id());
            begun |= undoable;
            boolean expected =
                    migration.kind() == Kind.VERSIONED && migration.version().isPresent();
            if (begun && !undoable && expected && history.isJudged(migration)) {
                report.report(migration, Hit.at(FilePlace.of(history.script(migration)), MISSING, migration.id()));
            }
        }
    }
}
