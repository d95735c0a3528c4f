package dev.lockstep.catalog;

import java.util.Optional;
import java.util.function.Function;

/** The answer to "is it there?": present, absent, or unknown, because the given history need not be the whole one. */
public sealed interface Lookup<T> {

    record Present<T>(T found) implements Lookup<T> {}

    record Absent<T>() implements Lookup<T> {}

    record Unknown<T>() implements Lookup<T> {}

    default Optional<T> value() {
        return this instanceof Present<T> present ? Optional.of(present.found()) : Optional.empty();
    }

    default boolean isAbsent() {
        return this instanceof Absent<T>;
    }

    default boolean isUnknown() {
        return this instanceof Unknown<T>;
    }

    /** Looks further inside what is present; absent stays absent, unknown stays unknown. */
    default <R> Lookup<R> flatMap(Function<T, Lookup<R>> further) {
        if (this instanceof Present<T> present) {
            return further.apply(present.found());
        }
        return isAbsent() ? new Absent<>() : new Unknown<>();
    }
}
