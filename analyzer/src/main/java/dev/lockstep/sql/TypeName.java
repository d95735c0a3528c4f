package dev.lockstep.sql;

import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/**
 * A type as written, after the grammar's own translation ({@code int} is {@code pg_catalog.int4}).
 *
 * @param modifiers the numbers in parentheses; {@code varchar(10)} has one, {@code numeric(10,2)} two
 * @param arrayDimensions how many pairs of brackets follow the name
 */
public record TypeName(
        Optional<String> schema, String name, List<Integer> modifiers, int arrayDimensions, boolean setOf, Span span) {

    public TypeName {
        modifiers = List.copyOf(modifiers);
    }

    /** Whether this is one of the pseudo-types that stand for an integer with a sequence behind it. */
    public boolean isSerial() {
        return switch (name) {
            case "serial", "serial4", "bigserial", "serial8", "smallserial", "serial2" -> schema.isEmpty();
            default -> false;
        };
    }
}
