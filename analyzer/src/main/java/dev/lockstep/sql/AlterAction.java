package dev.lockstep.sql;

import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/** One action of an ALTER TABLE (or INDEX, VIEW, SEQUENCE …); the span covers the action from keyword to last token. */
public sealed interface AlterAction {

    Span span();

    record AddColumn(ColumnDefinition column, boolean ifNotExists, Span span) implements AlterAction {}

    record DropColumn(String column, boolean ifExists, boolean cascade, Span span) implements AlterAction {}

    record AlterColumnType(
            String column, TypeName type, Optional<String> collation, Optional<Expression> using, Span span)
            implements AlterAction {}

    record SetDefault(String column, Expression expression, Span span) implements AlterAction {}

    record DropDefault(String column, Span span) implements AlterAction {}

    record SetNotNull(String column, Span span) implements AlterAction {}

    record DropNotNull(String column, Span span) implements AlterAction {}

    record AddConstraint(Constraint constraint, Span span) implements AlterAction {}

    record DropConstraint(String name, boolean ifExists, boolean cascade, Span span) implements AlterAction {}

    record ValidateConstraint(String name, Span span) implements AlterAction {}

    record AttachPartition(ObjectName partition, boolean isDefault, Span span) implements AlterAction {}

    record DetachPartition(ObjectName partition, Mode mode, Span span) implements AlterAction {
        public enum Mode {
            PLAIN,
            CONCURRENTLY,
            FINALIZE
        }
    }

    /** An action known by its parse-tree subtype alone, such as {@code AT_SetLogged}; {@code name} is its operand, if any. */
    record Other(String subtype, Optional<String> name, List<String> options, Span span) implements AlterAction {
        public Other {
            options = List.copyOf(options);
        }
    }
}
