package dev.lockstep.parse;

import dev.lockstep.text.Span;

/** A comment and where it stands; {@code body} is its text without the marks. */
public record Comment(String body, Span span) {}
