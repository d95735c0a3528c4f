package dev.lockstep.rule;

/** A rule that looks at a whole history: its order, its gaps, how its migrations go together. */
public non-sealed interface HistoryRule extends Rule {

    void check(HistoryContext history, HistoryReporter report);
}
