package dev.lockstep.rule;

import java.util.function.Predicate;

/** Takes what a rule found. */
@FunctionalInterface
public interface Reporter {

    /** Takes a hit that counts only if {@code stands} holds of where the whole history ends: later migrations may put it right. */
    void report(Hit hit, Predicate<Ending> stands);

    default void report(Hit hit) {
        report(hit, Ending.ANY);
    }
}
