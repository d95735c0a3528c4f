package dev.lockstep.engine;

/** What is asked of a migration. */
public enum Judging {
    /** Nothing: it only builds state. */
    NOT,
    /**
     * Whether history was tampered with, and nothing else: it was applied with another text, which is planned besides, so that this one
     * builds no state.
     */
    HISTORY_ONLY,
    /** Everything. */
    FULL
}
