package dev.lockstep.parse;

import dev.lockstep.text.Span;

/** A stretch of a script that no judgement was made on, and what it is: {@code psql \connect}, {@code DoStmt}. */
public record NotUnderstood(String what, Span span) {}
