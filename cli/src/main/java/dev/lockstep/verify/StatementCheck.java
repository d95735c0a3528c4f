package dev.lockstep.verify;

import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.Work;
import dev.lockstep.observe.Difference;
import dev.lockstep.observe.Observation;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.List;

/**
 * One statement that was run.
 *
 * @param inBlock whether it ran in a transaction block, the tool's or the file's
 */
public record StatementCheck(
        SourceText source,
        Span span,
        boolean inBlock,
        Footprint predicted,
        Observation observed,
        List<Difference> differences) {

    public enum Verdict {
        /** Locks, work, failure and transaction rule are as predicted. */
        EXACT,
        /** Something is not as predicted. */
        DIFFERENT,
        /** The model says it does not know. */
        UNKNOWN
    }

    public StatementCheck {
        differences = List.copyOf(differences);
    }

    public Verdict verdict() {
        if (!predicted.known() || predicted.locks().stream().anyMatch(lock -> lock.work() == Work.UNKNOWN)) {
            return Verdict.UNKNOWN;
        }
        return differences.isEmpty() ? Verdict.EXACT : Verdict.DIFFERENT;
    }

    public String sql() {
        return source.text(span);
    }
}
