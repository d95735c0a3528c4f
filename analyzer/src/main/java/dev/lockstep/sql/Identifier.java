package dev.lockstep.sql;

import dev.lockstep.text.Span;

/** A name as PostgreSQL reads it (folded to lower case unless quoted), and where it stands. */
public record Identifier(String name, Span span) {

    @Override
    public String toString() {
        return name;
    }
}
