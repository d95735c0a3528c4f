package dev.lockstep.sql;

import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/** A column as CREATE TABLE and ADD COLUMN define it; the type is absent only for typed tables and partitions. */
public record ColumnDefinition(
        Identifier name,
        Optional<TypeName> type,
        Optional<String> collation,
        Optional<DefaultValue> defaultValue,
        Optional<Generated> generated,
        Optional<Identity> identity,
        List<Constraint> constraints,
        Span span) {

    public ColumnDefinition {
        constraints = List.copyOf(constraints);
    }

    /** {@code DEFAULT expression}; the span is the expression's. */
    public record DefaultValue(Expression expression, Span span) {}

    /** {@code GENERATED ALWAYS AS (expression)}, stored or virtual. */
    public record Generated(Expression expression, boolean stored, Span span) {}

    /** {@code GENERATED ALWAYS | BY DEFAULT AS IDENTITY}, with the options of its sequence. */
    public record Identity(boolean always, List<Option> options, Span span) {
        public Identity {
            options = List.copyOf(options);
        }
    }

    /** The NOT NULL clause written on this column, if any. */
    public Optional<Constraint.NotNull> notNull() {
        return constraints.stream()
                .filter(Constraint.NotNull.class::isInstance)
                .map(Constraint.NotNull.class::cast)
                .findFirst();
    }
}
