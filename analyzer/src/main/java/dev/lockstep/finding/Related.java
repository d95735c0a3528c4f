package dev.lockstep.finding;

import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;

/** Another place that a finding speaks of. */
public record Related(SourceText source, Span span, String message) {}
