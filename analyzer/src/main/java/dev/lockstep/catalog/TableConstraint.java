package dev.lockstep.catalog;

import dev.lockstep.sql.Constraint.Deferral;
import dev.lockstep.sql.Constraint.Match;
import dev.lockstep.sql.Constraint.ReferentialAction;
import dev.lockstep.sql.Expression;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
        return edited(draft -> draft.validated = moment);
    }

    TableConstraint withName(String newName) {
        return edited(draft -> draft.name = newName);
    }

    TableConstraint withExpression(Expression condition) {
        return edited(draft -> draft.expression = Optional.of(condition));
    }

    TableConstraint withReference(Optional<Reference> newReference) {
        return edited(draft -> draft.reference = newReference);
    }

    TableConstraint withIndex(Optional<QualifiedName> newIndex) {
        return edited(draft -> draft.index = newIndex);
    }

    TableConstraint withRules(Deferral newDeferral, boolean isEnforced, boolean isNoInherit) {
        return edited(draft -> {
            draft.deferral = newDeferral;
            draft.enforced = isEnforced;
            draft.noInherit = isNoInherit;
        });
    }

    TableConstraint withLocal(boolean isLocal) {
        return edited(draft -> draft.local = isLocal);
    }

    TableConstraint rewriting(UnaryOperator<String> renamed, UnaryOperator<Expression> expressions) {
        return edited(draft -> {
            draft.columns = columns.stream().map(renamed).toList();
            draft.expression = expression.map(expressions);
        });
    }

    private TableConstraint edited(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** The parts of one table constraint while some of them change. */
    private static final class Draft {

        private String name;
        private Kind kind;
        private List<String> columns;
        private Optional<Expression> expression;
        private Optional<Reference> reference;
        private Optional<QualifiedName> index;
        private Deferral deferral;
        private boolean enforced;
        private boolean noInherit;
        private boolean local;
        private Optional<Moment> validated;
        private Moment added;

        Draft(TableConstraint from) {
            this.name = from.name;
            this.kind = from.kind;
            this.columns = from.columns;
            this.expression = from.expression;
            this.reference = from.reference;
            this.index = from.index;
            this.deferral = from.deferral;
            this.enforced = from.enforced;
            this.noInherit = from.noInherit;
            this.local = from.local;
            this.validated = from.validated;
            this.added = from.added;
        }

        TableConstraint finished() {
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
                    local,
                    validated,
                    added);
        }
    }
}
