package dev.lockstep.rule;

import dev.lockstep.finding.Related;
import dev.lockstep.text.Span;
import java.util.List;

/** What a rule reports: where, which cause, with what arguments. The engine makes a finding of it. */
public record Hit(Span span, Cause cause, List<String> arguments, List<Related> related) {

    public Hit {
        arguments = List.copyOf(arguments);
        related = List.copyOf(related);
    }

    public static Hit at(Span span, Cause cause, String... arguments) {
        return new Hit(span, cause, List.of(arguments), List.of());
    }
}
