package dev.lockstep.rule;

import dev.lockstep.text.Span;
import java.util.List;

/**
 * A comment that silences rules: {@code -- lockstep:ignore RULE REASON}, {@code -- lockstep:ignore-file RULE REASON}, or one that is meant for
 * another linter.
 *
 * @param rules the ids of those it names
 * @param unknown the names there is no rule of
 * @param reason may be empty
 * @param until the day it is to end, as written; empty when it says none
 * @param over whether that day is past, or is no day
 * @param wholeFile whether it speaks of the file rather than of where it stands
 * @param own whether it is written for Lockstep; others need no reason, and may name rules that Lockstep doesn't have
 */
public record Suppression(
        List<String> rules,
        List<String> unknown,
        String reason,
        String until,
        boolean over,
        boolean wholeFile,
        boolean own,
        Span span) {

    public Suppression {
        rules = List.copyOf(rules);
        unknown = List.copyOf(unknown);
    }

    /** Whether it silences anything. */
    public boolean isActive() {
        return !over && !(own && reason.isEmpty());
    }
}
