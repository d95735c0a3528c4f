package dev.lockstep.pgquery;

import java.util.OptionalInt;

/** The parser could not take an input. The message is PostgreSQL's own where PostgreSQL has one. */
public final class PgQueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why the parser gave up. */
    public enum Kind {
        /** PostgreSQL rejects the input. */
        SYNTAX,
        /** The input is too large or too deeply nested for the parser. */
        LIMIT,
        /** The parser failed on this input: a bug in it or in this library. */
        DEFECT
    }

    private final Kind kind;

    /** Zero stands for no position. */
    private final int position;

    PgQueryException(Failure failure) {
        super(failure.message(), failure.cause().orElse(null));
        this.kind = failure.kind();
        this.position = failure.position().orElse(0);
    }

    public Kind kind() {
        return kind;
    }

    /**
     * Where PostgreSQL noticed the error, when it says so: 1-based, counted in characters (Unicode code points), not in
     * bytes and not in UTF-16 units.
     */
    public OptionalInt position() {
        return position == 0 ? OptionalInt.empty() : OptionalInt.of(position);
    }
}
