package dev.lockstep.catalog;

import dev.lockstep.sql.Constraint.Deferral;
import dev.lockstep.sql.Constraint.Match;
import dev.lockstep.sql.Constraint.ReferentialAction;
import dev.lockstep.sql.Expression;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A constraint of a {@link Table}. PostgreSQL before 18 keeps NOT NULL without a name; here it has the one that 18 gives it.
 *
 * @param columns those of a key; those that the condition of a CHECK names
 * @param expression the condition of a CHECK
 * @param index what backs a key, or what a foreign key relies on in the other table
 * @param local whether the table's own definition has it, not only that of a table above
 * @param validated when existing rows were proven to satisfy it; absent while it is NOT VALID or NOT ENFORCED
 */
public record TableConstraint(
        String name,
        Kind kind,
        List<String> columns,
        Optional<Expression> expression,
        Optional<Reference> reference,
        Optional<QualifiedName> index,
        Deferral deferral,
        boolean enforced,
        boolean noInherit,
        boolean local,
        Optional<Moment> validated,
        Moment added) {

    public enum Kind {
        NOT_NULL,
        CHECK,
        PRIMARY_KEY,
        UNIQUE,
        FOREIGN_KEY,
        EXCLUSION;

        boolean isKey() {
            return this == PRIMARY_KEY || this == UNIQUE || this == EXCLUSION;
        }
    }

    /** The other side of a foreign key; no columns when the parent's primary key is meant but not known. */
    public record Reference(
            QualifiedName table,
            List<String> columns,
            Match match,
            ReferentialAction onDelete,
            ReferentialAction onUpdate) {
        public Reference {
            columns = List.copyOf(columns);
        }

        Reference rewriting(UnaryOperator<QualifiedName> tables, UnaryOperator<String> renamed) {
            return new Reference(
                    tables.apply(table), columns.stream().map(renamed).toList(), match, onDelete, onUpdate);
        }
    }

    public TableConstraint {
        columns = List.copyOf(columns);
    }

    /** One that is enforced, local, not deferrable, and without expression or reference. */
    static TableConstraint plain(String name, Kind kind, List<String> columns, boolean valid, Moment now) {
        return new TableConstraint(
                name,
                kind,
                columns,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Deferral.NOT_DEFERRABLE,
                true,
                false,
                true,
                valid ? Optional.of(now) : Optional.empty(),
                now);
    }

    /** The parent of a foreign key. */
    public Optional<QualifiedName> referenced() {
        return reference.map(Reference::table);
    }

    public boolean isValid() {
        return validated.isPresent();
    }

    TableConstraint validatedAt(Moment moment) {
        return withValidated(Optional.of(moment));
    }

    TableConstraint withValidated(Optional<Moment> moment) {
        return new TableConstraint(
                name, kind, columns, expression, reference, index, deferral, enforced, noInherit, local, moment, added);
    }

    TableConstraint withName(String newName) {
        return new TableConstraint(
                newName,
                kind,
                columns,
                expression,
                reference,
                index,
                deferral,
                enforced,
                noInherit,
                local,
                validated,
                added);
    }

    TableConstraint withExpression(Expression condition) {
        return new TableConstraint(
                name,
                kind,
                columns,
                Optional.of(condition),
                reference,
                index,
                deferral,
                enforced,
                noInherit,
                local,
                validated,
                added);
    }

    TableConstraint withReference(Optional<Reference> newReference) {
        return new TableConstraint(
                name,
                kind,
                columns,
                expression,
                newReference,
                index,
                deferral,
                enforced,
                noInherit,
                local,
                validated,
                added);
    }

    TableConstraint withIndex(Optional<QualifiedName> newIndex) {
        return new TableConstraint(
                name,
                kind,
                columns,
                expression,
                reference,
                newIndex,
                deferral,
                enforced,
                noInherit,
                local,
                validated,
                added);
    }

    TableConstraint withRules(Deferral newDeferral, boolean isEnforced, boolean isNoInherit) {
        return new TableConstraint(
                name,
                kind,
                columns,
                expression,
                reference,
                index,
                newDeferral,
                isEnforced,
                isNoInherit,
                local,
                validated,
                added);
    }

    TableConstraint withLocal(boolean isLocal) {
        return new TableConstraint(
                name,
                kind,
                columns,
                expression,
                reference,
                index,
                deferral,
                enforced,
                noInherit,
                isLocal,
                validated,
                added);
    }

    TableConstraint rewriting(UnaryOperator<String> renamed, UnaryOperator<Expression> expressions) {
        return new TableConstraint(
                name,
                kind,
                columns.stream().map(renamed).toList(),
                expression.map(expressions),
                reference,
                index,
                deferral,
                enforced,
                noInherit,
                local,
                validated,
                added);
    }
}
