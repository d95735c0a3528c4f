package dev.lockstep.parse;

import dev.lockstep.text.Span;

/** A {@code ${name}} whose value is not known; an identifier stood in for it. */
public record Placeholder(String name, Span span) {}
