package dev.lockstep.parse;

import dev.lockstep.text.Span;

/**
 * A text to be filled in whose value is not known; an identifier, or a string where it is one, stood in for it.
 *
 * @param name without the marks around it
 * @param span with them
 */
public record Placeholder(String name, Span span) {}
