package dev.lockstep.source;

import dev.lockstep.text.SourceText;
import java.util.Optional;

/**
 * One migration as its tool runs it.
 *
 * @param id what the tool calls it, such as {@code V7}
 * @param source what the tool sends, and the file it stands in
 * @param version what the tool orders it by and knows it again by, if that is a number
 */
public record Migration(
        String id, Kind kind, SourceText source, TransactionRule transactions, Optional<Version> version) {

    public enum Kind {
        /** Run once, in order. */
        VERSIONED,
        /** Run again whenever its text changes, after the versioned ones. */
        REPEATABLE,
        /** Stands for all older ones on an empty database; elsewhere what it makes is there already. */
        BASELINE,
        /** A script with no tool behind it. */
        SCRIPT
    }

    public Migration(String id, Kind kind, SourceText source, TransactionRule transactions) {
        this(id, kind, source, transactions, Optional.empty());
    }

    /** What tells it from every other migration of its history: a file may hold several. */
    public String key() {
        return source.path() + "#" + id;
    }

    /** The same migration with another text. */
    public Migration withSource(SourceText other) {
        return new Migration(id, kind, other, transactions, version);
    }
}
