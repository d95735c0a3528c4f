package dev.lockstep.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What rules are switched on together. */
public enum RuleSet {
    /** Outages, failures, lost data: what is asked unless the user says otherwise. */
    SAFETY,
    /** Types, names and forms that age badly. */
    STYLE,
    /** What a team may have agreed on, and other teams not. */
    POLICY;

    /** As the command line and the configuration spell it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<RuleSet> labelled(String label) {
        return Arrays.stream(values()).filter(set -> set.label().equals(label)).findFirst();
    }
}
