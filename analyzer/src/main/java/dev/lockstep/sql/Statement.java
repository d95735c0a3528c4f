package dev.lockstep.sql;

import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/**
 * A statement of a migration. The set is closed; what is not modelled is named by its parse node, never dropped.
 *
 * <p>{@code head} spans run from the first keyword through the name of the relation: the part that says what is done to what.
 */
public sealed interface Statement {

    /** From the first to the last token, without the semicolon. */
    Span span();

    enum Persistence {
        PERMANENT,
        UNLOGGED,
        TEMPORARY
    }

    /**
     * CREATE TABLE.
     *
     * @param parents the tables of INHERITS, or the one parent of PARTITION OF
     * @param partitionOf whether {@code parents} is a partitioned table this is a partition of
     */
    record CreateTable(
            ObjectName table,
            Persistence persistence,
            boolean ifNotExists,
            List<ColumnDefinition> columns,
            List<Constraint> constraints,
            List<ObjectName> likes,
            List<ObjectName> parents,
            boolean partitionOf,
            boolean defaultPartition,
            boolean partitioned,
            Span head,
            Span span)
            implements Statement {
        public CreateTable {
            columns = List.copyOf(columns);
            constraints = List.copyOf(constraints);
            likes = List.copyOf(likes);
            parents = List.copyOf(parents);
        }
    }

    /** CREATE TABLE AS, SELECT INTO, CREATE MATERIALIZED VIEW. */
    record CreateTableAs(
            ObjectName table,
            Persistence persistence,
            boolean materializedView,
            boolean ifNotExists,
            boolean withData,
            Query query,
            Span head,
            Span span)
            implements Statement {}

    record CreateView(ObjectName view, boolean orReplace, Persistence persistence, Query query, Span head, Span span)
            implements Statement {}

    /** ALTER TABLE and its kin: {@code kind} says which word followed ALTER. */
    record AlterTable(
            ObjectKind kind,
            ObjectName table,
            boolean only,
            boolean ifExists,
            List<AlterAction> actions,
            Span head,
            Span span)
            implements Statement {
        public AlterTable {
            actions = List.copyOf(actions);
        }
    }

    /**
     * Any RENAME. {@code object} is the relation (or other object) as written; {@code part} is the column, constraint or
     * attribute renamed, absent when the object itself is.
     */
    record Rename(
            ObjectKind kind,
            ObjectKind relationKind,
            ObjectName object,
            Optional<String> part,
            String newName,
            boolean ifExists,
            Span action,
            Span span)
            implements Statement {}

    record SetSchema(ObjectKind kind, ObjectName object, String newSchema, boolean ifExists, Span action, Span span)
            implements Statement {}

    /** {@code included} are the columns of INCLUDE. */
    record CreateIndex(
            Optional<Identifier> index,
            ObjectName table,
            boolean only,
            boolean unique,
            boolean concurrently,
            boolean ifNotExists,
            String method,
            List<IndexKey> keys,
            List<String> included,
            Optional<Expression> predicate,
            Span head,
            Span span)
            implements Statement {
        public CreateIndex {
            keys = List.copyOf(keys);
            included = List.copyOf(included);
        }
    }

    /** A key of an index: a column's name, or an expression. */
    record IndexKey(Optional<String> column, Optional<Expression> expression) {}

    record Drop(
            ObjectKind kind,
            List<ObjectName> objects,
            boolean ifExists,
            boolean cascade,
            boolean concurrently,
            Span span)
            implements Statement {
        public Drop {
            objects = List.copyOf(objects);
        }
    }

    /** REINDEX; the object is absent for SYSTEM and DATABASE of the current database. */
    record Reindex(Target target, Optional<ObjectName> object, boolean concurrently, Span span) implements Statement {
        public enum Target {
            INDEX,
            TABLE,
            SCHEMA,
            DATABASE,
            SYSTEM
        }
    }

    record Truncate(List<ObjectName> tables, boolean cascade, boolean restartIdentity, Span span) implements Statement {
        public Truncate {
            tables = List.copyOf(tables);
        }
    }

    record Insert(ObjectName table, Query source, List<Statement> modifications, Span head, Span span)
            implements Statement {
        public Insert {
            modifications = List.copyOf(modifications);
        }
    }

    /** {@code reads} is everything the statement's FROM, WHERE and SET read besides the target. */
    record Update(
            ObjectName table,
            List<String> columns,
            Optional<Expression> where,
            Query reads,
            List<Statement> modifications,
            Span head,
            Span span)
            implements Statement {
        public Update {
            columns = List.copyOf(columns);
            modifications = List.copyOf(modifications);
        }
    }

    record Delete(
            ObjectName table,
            Optional<Expression> where,
            Query reads,
            List<Statement> modifications,
            Span head,
            Span span)
            implements Statement {
        public Delete {
            modifications = List.copyOf(modifications);
        }
    }

    record Merge(ObjectName table, Query reads, Span head, Span span) implements Statement {}

    record Select(Query query, Span span) implements Statement {}

    /** COPY; the table is absent for COPY (query) TO. */
    record Copy(Optional<ObjectName> table, boolean from, Query query, Span span) implements Statement {}

    record Transaction(Kind kind, Optional<String> savepoint, boolean chain, Span span) implements Statement {
        public enum Kind {
            BEGIN,
            COMMIT,
            ROLLBACK,
            SAVEPOINT,
            RELEASE,
            ROLLBACK_TO,
            PREPARE,
            COMMIT_PREPARED,
            ROLLBACK_PREPARED
        }
    }

    /** SET and RESET. {@code values} is empty for DEFAULT and RESET; {@code name} is {@code all} for RESET ALL. */
    record SetParameter(String name, List<String> values, boolean local, boolean reset, Span span)
            implements Statement {
        public SetParameter {
            values = List.copyOf(values);
        }
    }

    record CreateSchema(Optional<String> schema, boolean ifNotExists, List<Statement> elements, Span span)
            implements Statement {
        public CreateSchema {
            elements = List.copyOf(elements);
        }
    }

    /** VACUUM and ANALYZE; no tables means all of them. */
    record Vacuum(boolean vacuum, boolean full, List<ObjectName> tables, Span span) implements Statement {
        public Vacuum {
            tables = List.copyOf(tables);
        }
    }

    /** Understood by PostgreSQL's grammar, but not by the model: {@code node} is the parse node's name. */
    record Unmodelled(String node, Span span) implements Statement {}
}
