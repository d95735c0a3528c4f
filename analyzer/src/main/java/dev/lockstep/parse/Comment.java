package dev.lockstep.parse;

import dev.lockstep.text.Span;

/** A comment and where it stands; {@code body} is its text without the marks. */
public record Comment(String body, Span span) {

    /** From its text with the marks. */
    static Comment of(String marked, Span span) {
        String body = marked.startsWith("--") ? marked.substring(2) : marked.substring(2, marked.length() - 2);
        return new Comment(body.strip(), span);
    }
}
