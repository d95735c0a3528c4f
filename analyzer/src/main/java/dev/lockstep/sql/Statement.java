package dev.lockstep.sql;

import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A statement of a migration. The set is closed; what is not modelled is named by its parse node, never dropped.
 *
 * <p>{@code head} spans run from the first keyword through the name of the relation: the part that says what is done to what.
 */
public sealed interface Statement {

    /** From the first to the last token, without the semicolon. */
    Span span();

    /** The table whose rows it puts in, changes or takes out. */
    default Optional<ObjectName> changedTable() {
        if (this instanceof Insert insert) {
            return Optional.of(insert.table());
        }
        if (this instanceof Update update) {
            return Optional.of(update.table());
        }
        if (this instanceof Delete delete) {
            return Optional.of(delete.table());
        }
        if (this instanceof Merge merge) {
            return Optional.of(merge.table());
        }
        return this instanceof Copy copy && copy.from() ? copy.table() : Optional.empty();
    }

    enum Persistence {
        PERMANENT,
        UNLOGGED,
        TEMPORARY
    }

    /** The statements that stand in files of their own, by what they are about. */
    sealed interface Grouped extends Statement
            permits TypeStatement, RoutineStatement, AttachedStatement, ObjectStatement, SessionStatement {}

    /**
     * CREATE TABLE and CREATE FOREIGN TABLE.
     *
     * @param parents the tables of INHERITS, or the one parent of PARTITION OF
     * @param bound present for PARTITION OF
     * @param partitionKey present for a partitioned table
     */
    record CreateTable(
            ObjectName table,
            Persistence persistence,
            boolean foreign,
            boolean ifNotExists,
            List<ColumnDefinition> columns,
            List<Constraint> constraints,
            List<Like> likes,
            List<ObjectName> parents,
            Optional<PartitionBound> bound,
            Optional<PartitionKey> partitionKey,
            Optional<TypeName> ofType,
            boolean dropOnCommit,
            Span head,
            Span span)
            implements Statement {
        public CreateTable {
            columns = List.copyOf(columns);
            constraints = List.copyOf(constraints);
            likes = List.copyOf(likes);
            parents = List.copyOf(parents);
        }

        public boolean partitionOf() {
            return bound.isPresent();
        }

        public boolean defaultPartition() {
            return bound.filter(PartitionBound.Default.class::isInstance).isPresent();
        }

        public boolean partitioned() {
            return partitionKey.isPresent();
        }
    }

    /** {@code LIKE table INCLUDING …}; its columns stand after the first {@code position} of the statement's own. */
    record Like(ObjectName table, Set<Included> included, int position) {
        public enum Included {
            COMMENTS,
            COMPRESSION,
            CONSTRAINTS,
            DEFAULTS,
            GENERATED,
            IDENTITY,
            INDEXES,
            STATISTICS,
            STORAGE
        }

        public Like {
            included = Set.copyOf(included);
        }
    }

    /** CREATE TABLE AS, SELECT INTO, CREATE MATERIALIZED VIEW; {@code columns} are the names it gives, if it does. */
    record CreateTableAs(
            ObjectName table,
            Persistence persistence,
            boolean materializedView,
            boolean ifNotExists,
            boolean withData,
            List<String> columns,
            Query query,
            boolean dropOnCommit,
            Span head,
            Span span)
            implements Statement {
        public CreateTableAs {
            columns = List.copyOf(columns);
        }
    }

    record CreateView(
            ObjectName view,
            boolean orReplace,
            Persistence persistence,
            List<String> columns,
            Query query,
            Span head,
            Span span)
            implements Statement {
        public CreateView {
            columns = List.copyOf(columns);
        }
    }

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
     * attribute renamed, absent when the object itself is; {@code arguments} belong to a function's name; {@code cascade} to an attribute's.
     */
    record Rename(
            ObjectKind kind,
            ObjectKind relationKind,
            ObjectName object,
            Optional<List<TypeName>> arguments,
            Optional<String> part,
            String newName,
            boolean ifExists,
            boolean cascade,
            Span action,
            Span span)
            implements Statement {}

    record SetSchema(
            ObjectKind kind,
            ObjectName object,
            Optional<List<TypeName>> arguments,
            String newSchema,
            boolean ifExists,
            Span action,
            Span span)
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
            boolean nullsNotDistinct,
            Optional<Expression> predicate,
            List<Option> options,
            Span head,
            Span span)
            implements Statement {
        public CreateIndex {
            keys = List.copyOf(keys);
            included = List.copyOf(included);
            options = List.copyOf(options);
        }
    }

    /**
     * A key of an index, a partitioned table or statistics: a column's name, or an expression.
     *
     * @param label what PostgreSQL calls it in a name it makes up: the column, or a word of the expression
     */
    record IndexKey(
            Optional<String> column,
            Optional<Expression> expression,
            String label,
            Optional<String> collation,
            Optional<String> operatorClass,
            boolean descending,
            boolean nullsFirst) {

        public static IndexKey of(String column) {
            return new IndexKey(
                    Optional.of(column), Optional.empty(), column, Optional.empty(), Optional.empty(), false, false);
        }

        /** Labelled as if it were written now. */
        public IndexKey relabelled() {
            return new IndexKey(
                    column, expression, column.orElse(label), collation, operatorClass, descending, nullsFirst);
        }

        /** With columns and expressions under other names; the label stays, as PostgreSQL leaves it. */
        public IndexKey renaming(UnaryOperator<String> columns, UnaryOperator<Expression> expressions) {
            return new IndexKey(
                    column.map(columns),
                    expression.map(expressions),
                    label,
                    collation,
                    operatorClass,
                    descending,
                    nullsFirst);
        }
    }

    /**
     * DROP of anything.
     *
     * @param arguments as many as objects: the argument types that belong to a function's name, absent where none are written
     * @param table the table of a trigger, rule or policy
     */
    record Drop(
            ObjectKind kind,
            List<ObjectName> objects,
            List<Optional<List<TypeName>>> arguments,
            Optional<ObjectName> table,
            boolean ifExists,
            boolean cascade,
            boolean concurrently,
            Span span)
            implements Statement {
        public Drop {
            objects = List.copyOf(objects);
            arguments = List.copyOf(arguments);
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

    /** {@code only} are those of the tables named with ONLY. */
    record Truncate(List<ObjectName> tables, Set<ObjectName> only, boolean cascade, boolean restartIdentity, Span span)
            implements Statement {
        public Truncate {
            tables = List.copyOf(tables);
            only = Set.copyOf(only);
        }
    }

    /**
     * INSERT.
     *
     * @param columns those named, in order; empty means all
     * @param rows the rows of VALUES, or the one select list, DEFAULT and all; empty when the source is another
     */
    record Insert(
            ObjectName table,
            List<String> columns,
            List<List<Expression>> rows,
            Query source,
            Optional<OnConflict> onConflict,
            List<Statement> modifications,
            Span head,
            Span span)
            implements Statement {
        public Insert {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
            modifications = List.copyOf(modifications);
        }

        public boolean updatesOnConflict() {
            return onConflict.filter(OnConflict::updates).isPresent();
        }
    }

    /** ON CONFLICT; {@code updates} is DO UPDATE. */
    record OnConflict(boolean updates, Arbiter arbiter) {
        /** Which conflict: any at all, or that of an index, found by its columns or by its constraint's name. */
        public enum Arbiter {
            ANY,
            COLUMNS,
            CONSTRAINT
        }
    }

    /**
     * UPDATE.
     *
     * @param values as many as columns; what goes to a field or element of a column is an expression named {@link #PART}
     * @param reads everything the statement's FROM, WHERE and SET read besides the target
     */
    record Update(
            ObjectName table,
            boolean only,
            List<String> columns,
            List<Expression> values,
            Optional<Expression> where,
            Query reads,
            List<Statement> modifications,
            Span head,
            Span span)
            implements Statement {

        public static final String PART = "part of a column";

        public Update {
            columns = List.copyOf(columns);
            values = List.copyOf(values);
            modifications = List.copyOf(modifications);
        }
    }

    record Delete(
            ObjectName table,
            boolean only,
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

    /**
     * MERGE.
     *
     * @param changesRows whether it updates or deletes any that are there
     * @param bySource whether it says WHEN NOT MATCHED BY SOURCE
     */
    record Merge(
            ObjectName table,
            boolean only,
            Query reads,
            boolean changesRows,
            boolean returning,
            boolean bySource,
            Span head,
            Span span)
            implements Statement {}

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
    record Vacuum(boolean vacuum, boolean full, List<ObjectName> tables, List<Option> options, Span span)
            implements Statement {
        public Vacuum {
            tables = List.copyOf(tables);
            options = List.copyOf(options);
        }
    }

    /** Understood by PostgreSQL's grammar, but not by the model: {@code node} is the parse node's name. */
    record Unmodelled(String node, Span span) implements Statement {}
}
