package dev.lockstep.finding;

import java.util.Locale;

/** How loud a finding is; quietest first. */
public enum Severity {
    NOTE,
    WARNING,
    ERROR;

    /** As configuration and reports spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
