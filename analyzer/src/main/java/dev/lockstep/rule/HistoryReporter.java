package dev.lockstep.rule;

import dev.lockstep.source.Migration;
import dev.lockstep.text.SourceText;

/** Takes what a rule found in a history; what it says about migrations that are not judged is dropped. */
public interface HistoryReporter {

    /** @param source where the hit stands, which may be another file than the migration's own */
    void report(Migration about, SourceText source, Hit hit);

    default void report(Migration about, Hit hit) {
        report(about, about.source(), hit);
    }

    /** As {@link #report(Migration, Hit)}, but only the first hit of its cause in a whole run counts. */
    void reportOnce(Migration about, Hit hit);
}
