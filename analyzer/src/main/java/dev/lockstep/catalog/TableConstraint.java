package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A constraint of a {@link Table}.
 *
 * @param expression the condition of a CHECK
 * @param referenced the parent of a foreign key
 * @param validated when existing rows were proven to satisfy it; absent while it is NOT VALID
 */
public record TableConstraint(
        String name,
        Kind kind,
        List<String> columns,
        Optional<Expression> expression,
        Optional<QualifiedName> referenced,
        Optional<Moment> validated,
        Moment added) {

    public enum Kind {
        NOT_NULL,
        CHECK,
        PRIMARY_KEY,
        UNIQUE,
        FOREIGN_KEY,
        EXCLUSION
    }

    public TableConstraint {
        columns = List.copyOf(columns);
    }

    public boolean isValid() {
        return validated.isPresent();
    }

    TableConstraint validatedAt(Moment moment) {
        return new TableConstraint(name, kind, columns, expression, referenced, Optional.of(moment), added);
    }

    TableConstraint withName(String newName) {
        return new TableConstraint(newName, kind, columns, expression, referenced, validated, added);
    }

    TableConstraint withColumns(UnaryOperator<String> rename) {
        return new TableConstraint(
                name,
                kind,
                columns.stream().map(rename).toList(),
                expression.map(condition -> ColumnRenamer.rename(condition, rename)),
                referenced,
                validated,
                added);
    }

    TableConstraint withReferenced(UnaryOperator<QualifiedName> rename) {
        return new TableConstraint(name, kind, columns, expression, referenced.map(rename), validated, added);
    }
}
