package dev.lockstep.sql;

import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/** Statements about types and domains. Attributes of a composite type are altered by {@link Statement.AlterTable}. */
public sealed interface TypeStatement extends Statement.Grouped {

    record CreateEnum(ObjectName type, List<String> values, Span span) implements TypeStatement {
        public CreateEnum {
            values = List.copyOf(values);
        }
    }

    /** {@code ALTER TYPE … ADD VALUE}; without a neighbour the value goes to the end. */
    record AddEnumValue(
            ObjectName type,
            String value,
            boolean ifNotExists,
            Optional<String> neighbour,
            boolean afterNeighbour,
            Span span)
            implements TypeStatement {}

    record RenameEnumValue(ObjectName type, String value, String newValue, Span span) implements TypeStatement {}

    record CreateCompositeType(ObjectName type, List<ColumnDefinition> attributes, Span span) implements TypeStatement {
        public CreateCompositeType {
            attributes = List.copyOf(attributes);
        }
    }

    record CreateRange(ObjectName type, Optional<TypeName> subtype, List<Option> options, Span span)
            implements TypeStatement {
        public CreateRange {
            options = List.copyOf(options);
        }
    }

    record CreateDomain(
            ObjectName domain,
            TypeName base,
            Optional<String> collation,
            Optional<Expression> defaultValue,
            List<Constraint> constraints,
            Span span)
            implements TypeStatement {
        public CreateDomain {
            constraints = List.copyOf(constraints);
        }
    }

    record AlterDomain(ObjectName domain, DomainAction action, Span span) implements TypeStatement {}

    /** What an ALTER DOMAIN does. */
    sealed interface DomainAction {

        record SetDefault(Expression expression) implements DomainAction {}

        record DropDefault() implements DomainAction {}

        record SetNotNull() implements DomainAction {}

        record DropNotNull() implements DomainAction {}

        record AddConstraint(Constraint constraint) implements DomainAction {}

        record DropConstraint(String name, boolean ifExists, boolean cascade) implements DomainAction {}

        record ValidateConstraint(String name) implements DomainAction {}
    }
}
