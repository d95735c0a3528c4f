package dev.lockstep.sql;

import dev.lockstep.sql.Statement.IndexKey;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/** A constraint, of a column, a table or a domain; a column's constraint names that column. */
public sealed interface Constraint {

    Optional<Identifier> name();

    /** The whole clause, from CONSTRAINT or its first keyword to its last token. */
    Span span();

    record NotNull(Optional<Identifier> name, String column, boolean notValid, boolean noInherit, Span span)
            implements Constraint {}

    record Check(
            Optional<Identifier> name,
            Expression expression,
            boolean notValid,
            boolean enforced,
            boolean noInherit,
            Span span)
            implements Constraint {}

    /** {@code usingIndex} is the existing index of {@code PRIMARY KEY USING INDEX}; {@code included} the columns of INCLUDE. */
    record PrimaryKey(
            Optional<Identifier> name,
            List<String> columns,
            List<String> included,
            Optional<String> usingIndex,
            boolean withoutOverlaps,
            Deferral deferral,
            Span span)
            implements Constraint {
        public PrimaryKey {
            columns = List.copyOf(columns);
            included = List.copyOf(included);
        }
    }

    /** {@code included} are the columns of INCLUDE. */
    record Unique(
            Optional<Identifier> name,
            List<String> columns,
            List<String> included,
            Optional<String> usingIndex,
            boolean nullsNotDistinct,
            boolean withoutOverlaps,
            Deferral deferral,
            Span span)
            implements Constraint {
        public Unique {
            columns = List.copyOf(columns);
            included = List.copyOf(included);
        }
    }

    /**
     * {@code referencedColumns} is empty when the parent's primary key is meant; {@code period} says that the last column pair is matched by
     * overlap.
     */
    record ForeignKey(
            Optional<Identifier> name,
            List<String> columns,
            ObjectName referenced,
            List<String> referencedColumns,
            Match match,
            boolean period,
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
            Optional<Identifier> name,
            String method,
            List<Element> elements,
            List<String> included,
            Optional<Expression> predicate,
            Deferral deferral,
            Span span)
            implements Constraint {
        public Exclusion {
            elements = List.copyOf(elements);
            included = List.copyOf(included);
        }

        /** {@code key WITH operator}. */
        public record Element(IndexKey key, String operator) {}

        public List<IndexKey> keys() {
            return elements.stream().map(Element::key).toList();
        }
    }

    enum Match {
        SIMPLE,
        FULL,
        PARTIAL
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
