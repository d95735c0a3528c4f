package dev.lockstep.sql;

import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/** A constraint, of a column or of a table; a column's constraint names that column. */
public sealed interface Constraint {

    Optional<Identifier> name();

    /** The whole clause, from CONSTRAINT or its first keyword to its last token. */
    Span span();

    record NotNull(Optional<Identifier> name, String column, boolean notValid, Span span) implements Constraint {}

    record Check(Optional<Identifier> name, Expression expression, boolean notValid, boolean enforced, Span span)
            implements Constraint {}

    /** {@code usingIndex} is the existing index of {@code PRIMARY KEY USING INDEX}. */
    record PrimaryKey(
            Optional<Identifier> name, List<String> columns, Optional<String> usingIndex, Deferral deferral, Span span)
            implements Constraint {
        public PrimaryKey {
            columns = List.copyOf(columns);
        }
    }

    /** {@code included} are the columns of INCLUDE. */
    record Unique(
            Optional<Identifier> name,
            List<String> columns,
            List<String> included,
            Optional<String> usingIndex,
            boolean nullsNotDistinct,
            Deferral deferral,
            Span span)
            implements Constraint {
        public Unique {
            columns = List.copyOf(columns);
            included = List.copyOf(included);
        }
    }

    /** {@code referencedColumns} is empty when the parent's primary key is meant. */
    record ForeignKey(
            Optional<Identifier> name,
            List<String> columns,
            ObjectName referenced,
            List<String> referencedColumns,
            ReferentialAction onDelete,
            ReferentialAction onUpdate,
            boolean notValid,
            boolean enforced,
            Deferral deferral,
            Span span)
            implements Constraint {
        public ForeignKey {
            columns = List.copyOf(columns);
            referencedColumns = List.copyOf(referencedColumns);
        }
    }

    record Exclusion(
            Optional<Identifier> name, String method, List<Statement.IndexKey> keys, Deferral deferral, Span span)
            implements Constraint {
        public Exclusion {
            keys = List.copyOf(keys);
        }
    }

    enum ReferentialAction {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT
    }

    enum Deferral {
        NOT_DEFERRABLE,
        DEFERRABLE,
        INITIALLY_DEFERRED
    }
}
