package dev.lockstep.parse;

import dev.lockstep.text.Span;

/**
 * A statement that PostgreSQL's parser refused.
 *
 * @param message PostgreSQL's own words
 * @param span the token it refused
 * @param statement the text that was given up
 */
public record SyntaxProblem(String message, Span span, Span statement) {}
