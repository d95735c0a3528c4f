package dev.lockstep.source;

import dev.lockstep.text.SourceText;

/**
 * One migration as its tool runs it.
 *
 * @param id what the tool calls it, such as {@code V7}
 * @param source what the tool sends, and the file it stands in
 */
public record Migration(String id, Kind kind, SourceText source, TransactionRule transactions) {

    public enum Kind {
        /** Run once, in order. */
        VERSIONED,
        /** Run again whenever its text changes, after the versioned ones. */
        REPEATABLE,
        /** A script with no tool behind it. */
        SCRIPT
    }

    /** What tells it from every other migration of its history: a file may hold several. */
    public String key() {
        return source.path() + "#" + id;
    }

    /** The same migration with another text. */
    public Migration withSource(SourceText other) {
        return new Migration(id, kind, other, transactions);
    }
}
