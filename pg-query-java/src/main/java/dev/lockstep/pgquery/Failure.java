package dev.lockstep.pgquery;

import java.util.Optional;
import java.util.OptionalInt;

/** Why an input was not taken; the position is 1-based, in characters. */
record Failure(PgQueryException.Kind kind, String message, OptionalInt position, Optional<Throwable> cause)
        implements Outcome {
    static Failure of(PgQueryException.Kind kind, String message) {
        return new Failure(kind, message, OptionalInt.empty(), Optional.empty());
    }
}
