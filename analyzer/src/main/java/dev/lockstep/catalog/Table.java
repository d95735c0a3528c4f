package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.PartitionBound;
import dev.lockstep.sql.PartitionKey;
import dev.lockstep.sql.Statement.Persistence;
import dev.lockstep.sql.TypeName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A table, or a view or materialized view.
 *
 * @param complete whether {@code columns} and {@code constraints} are all there are; a table made before the given history is known
 *     only by what the history does to it
 * @param parents the partitioned or inherited tables above it
 * @param partitioning how a partitioned table divides its rows, and which of them a partition takes
 * @param definition what a view reads
 * @param ofType the composite type that a typed table takes its columns from
 */
public record Table(
        QualifiedName name,
        Kind kind,
        Persistence persistence,
        List<Column> columns,
        List<TableConstraint> constraints,
        List<QualifiedName> parents,
        Partitioning partitioning,
        Definition definition,
        Optional<TypeName> ofType,
        Attached attached,
        boolean complete,
        RowEstimate rows,
        Moment created)
        implements Relation {

    public enum Kind {
        TABLE,
        PARTITIONED_TABLE,
        FOREIGN_TABLE,
        VIEW,
        MATERIALIZED_VIEW,
        UNKNOWN
    }

    /** The key of a partitioned table, and the bound of a partition; a partition may be partitioned itself. */
    public record Partitioning(Optional<PartitionKey> key, Optional<PartitionBound> bound) {
        public static final Partitioning NONE = new Partitioning(Optional.empty(), Optional.empty());
    }

    /** What a view reads, and the functions it calls. */
    public record Definition(List<ViewRead> reads, List<QualifiedName> calls) {
        public static final Definition NONE = new Definition(List.of(), List.of());

        public Definition {
            reads = List.copyOf(reads);
            calls = List.copyOf(calls);
        }
    }

    public Table {
        columns = List.copyOf(columns);
        constraints = List.copyOf(constraints);
        parents = List.copyOf(parents);
    }

    /** A relation the history uses but never made: it exists, holds rows, and has any shape. */
    static Table existing(QualifiedName name) {
        return new Table(
                name,
                Kind.UNKNOWN,
                Persistence.PERMANENT,
                List.of(),
                List.of(),
                List.of(),
                Partitioning.NONE,
                Definition.NONE,
                Optional.empty(),
                Attached.NOTHING,
                false,
                RowEstimate.MANY,
                Moment.BEFORE_HISTORY);
    }

    /** A new relation without columns, rows or anything else. */
    static Table made(QualifiedName name, Kind kind, Persistence persistence, Moment now) {
        return new Table(
                name,
                kind,
                persistence,
                List.of(),
                List.of(),
                List.of(),
                Partitioning.NONE,
                Definition.NONE,
                Optional.empty(),
                Attached.NOTHING,
                true,
                RowEstimate.EMPTY,
                now);
    }

    public Lookup<Column> column(String column) {
        return find(columns, candidate -> candidate.name().equals(column));
    }

    public Lookup<TableConstraint> constraint(String constraint) {
        return find(constraints, candidate -> candidate.name().equals(constraint));
    }

    /** The primary key, if the history shows one. */
    public Optional<TableConstraint> primaryKey() {
        return constraints.stream()
                .filter(constraint -> constraint.kind() == TableConstraint.Kind.PRIMARY_KEY)
                .findFirst();
    }

    /** Whether a parent divides its rows among this and other tables. */
    public boolean isPartition() {
        return partitioning.bound().isPresent();
    }

    public boolean isDefaultPartition() {
        return partitioning
                .bound()
                .filter(PartitionBound.Default.class::isInstance)
                .isPresent();
    }

    private <T> Lookup<T> find(List<T> items, Predicate<T> wanted) {
        Optional<T> found = items.stream().filter(wanted).findFirst();
        if (found.isPresent()) {
            return new Lookup.Present<>(found.get());
        }
        return complete ? new Lookup.Absent<>() : new Lookup.Unknown<>();
    }

    Table withName(QualifiedName newName) {
        return edited(draft -> draft.name = newName);
    }

    Table withColumns(List<Column> newColumns) {
        return edited(draft -> draft.columns = newColumns);
    }

    Table withConstraints(List<TableConstraint> newConstraints) {
        return edited(draft -> draft.constraints = newConstraints);
    }

    Table withParents(List<QualifiedName> newParents) {
        return edited(draft -> draft.parents = newParents);
    }

    Table withPartitioning(Partitioning newPartitioning) {
        return edited(draft -> draft.partitioning = newPartitioning);
    }

    Table withDefinition(Definition newDefinition) {
        return edited(draft -> draft.definition = newDefinition);
    }

    Table withType(Optional<TypeName> newType) {
        return edited(draft -> draft.ofType = newType);
    }

    Table withAttached(Attached newAttached) {
        return edited(draft -> draft.attached = newAttached);
    }

    Table withComplete(boolean isComplete) {
        return edited(draft -> draft.complete = isComplete);
    }

    Table withRows(RowEstimate newRows) {
        return edited(draft -> draft.rows = newRows);
    }

    Table withKind(Kind newKind) {
        return edited(draft -> draft.kind = newKind);
    }

    Table withPersistence(Persistence newPersistence) {
        return edited(draft -> draft.persistence = newPersistence);
    }

    /** What is known whichever of the two it is. */
    Table join(Table other) {
        List<Column> shared = columns.stream()
                .filter(column -> other.column(column.name()).value().isPresent())
                .map(column -> other.columns.contains(column) ? column : Column.unknown(column.name()))
                .toList();
        boolean sameShape = columns.equals(other.columns) && constraints.equals(other.constraints);
        return withColumns(shared)
                .withConstraints(Lists.without(constraints, constraint -> !other.constraints.contains(constraint)))
                .withParents(Lists.without(parents, parent -> !other.parents.contains(parent)))
                .withAttached(attached.equals(other.attached) ? attached : Attached.NOTHING)
                .withRows(rows.compareTo(other.rows) >= 0 ? rows : other.rows)
                .withComplete(complete && other.complete && sameShape);
    }

    Table adding(Column column) {
        return withColumns(Lists.adding(columns, column));
    }

    Table adding(TableConstraint constraint) {
        return withConstraints(Lists.adding(constraints, constraint));
    }

    Table withoutConstraints(Predicate<TableConstraint> which) {
        return withConstraints(Lists.without(constraints, which));
    }

    /** Changes one column; one that the history has not shown yet is entered as existing first. */
    Table changing(String column, UnaryOperator<Column> change) {
        if (column(column).isUnknown()) {
            return adding(change.apply(Column.unknown(column)));
        }
        return withColumns(Lists.changing(columns, candidate -> candidate.name().equals(column), change));
    }

    Table changingConstraint(String constraint, UnaryOperator<TableConstraint> change) {
        return changingConstraints(candidate -> candidate.name().equals(constraint), change);
    }

    Table changingConstraints(Predicate<TableConstraint> which, UnaryOperator<TableConstraint> change) {
        return withConstraints(Lists.changing(constraints, which, change));
    }

    /** With a column under another name, wherever the table itself says it. */
    Table renamingColumn(UnaryOperator<String> renamed) {
        UnaryOperator<Expression> expressions = Expressions.renaming(renamed);
        return withColumns(columns.stream()
                        .map(column ->
                                column.withName(renamed.apply(column.name())).rewriting(expressions))
                        .toList())
                .withConstraints(constraints.stream()
                        .map(constraint -> constraint.rewriting(renamed, expressions))
                        .toList())
                .withPartitioning(new Partitioning(
                        partitioning.key().map(key -> rewriting(key, renamed, expressions)), partitioning.bound()))
                .withAttached(attached.rewriting(renamed, expressions));
    }

    private static PartitionKey rewriting(
            PartitionKey key, UnaryOperator<String> columns, UnaryOperator<Expression> expressions) {
        return new PartitionKey(
                key.strategy(),
                key.keys().stream()
                        .map(part -> part.renaming(columns, expressions))
                        .toList());
    }

    @Override
    public Table following(Renaming renaming) {
        return withParents(parents.stream().map(renaming::relation).toList())
                .withType(ofType.map(renaming::type))
                .withColumns(columns.stream()
                        .map(column -> column.withType(column.type().map(renaming::type), column.collation())
                                .rewriting(renaming::expression))
                        .toList())
                .withConstraints(constraints.stream()
                        .map(constraint -> constraint
                                .rewriting(UnaryOperator.identity(), renaming::expression)
                                .withIndex(constraint.index().map(renaming::relation))
                                .withReference(constraint
                                        .reference()
                                        .map(reference ->
                                                reference.rewriting(renaming::relation, UnaryOperator.identity()))))
                        .toList())
                .withPartitioning(new Partitioning(
                        partitioning.key().map(key -> rewriting(key, UnaryOperator.identity(), renaming::expression)),
                        partitioning.bound()))
                .withDefinition(new Definition(
                        definition.reads().stream()
                                .map(read -> new ViewRead(renaming.relation(read.relation()), read.columns()))
                                .toList(),
                        definition.calls().stream().map(renaming::routine).toList()))
                .withAttached(attached.following(renaming));
    }

    @Override
    public Set<Link> links() {
        Set<Link> links = new HashSet<>();
        Link.toSchema(name, links);
        parents.forEach(parent -> links.add(new Link(Link.Kind.CHILD_OF, parent)));
        ofType.ifPresent(type -> links.add(
                new Link(Link.Kind.OF_TYPE, new QualifiedName(type.schema().orElse(""), type.name()))));
        for (Column column : columns) {
            column.type().ifPresent(type -> Link.toType(type, links));
            column.expressions().forEach(expression -> Expressions.link(expression, links));
        }
        for (TableConstraint constraint : constraints) {
            links.add(new Link(Link.Kind.NAMES_CONSTRAINT, new QualifiedName(name.schema(), constraint.name())));
            constraint.referenced().ifPresent(parent -> links.add(new Link(Link.Kind.REFERENCES, parent)));
            constraint.index().ifPresent(index -> links.add(new Link(Link.Kind.RELIES_ON_INDEX, index)));
            constraint.expression().ifPresent(condition -> Expressions.link(condition, links));
        }
        definition.reads().forEach(read -> links.add(new Link(Link.Kind.READS, read.relation())));
        definition.calls().forEach(function -> links.add(new Link(Link.Kind.CALLS, function)));
        attached.triggers().stream()
                .map(Attached.Trigger::function)
                .filter(function -> !function.schema().isEmpty())
                .forEach(function -> links.add(new Link(Link.Kind.CALLS, function)));
        attached.policies().stream()
                .flatMap(policy -> policy.expressions().stream())
                .forEach(condition -> Expressions.link(condition, links));
        return links;
    }

    private Table edited(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** The parts of one table while some of them change. */
    private static final class Draft {

        private QualifiedName name;
        private Kind kind;
        private Persistence persistence;
        private List<Column> columns;
        private List<TableConstraint> constraints;
        private List<QualifiedName> parents;
        private Partitioning partitioning;
        private Definition definition;
        private Optional<TypeName> ofType;
        private Attached attached;
        private boolean complete;
        private RowEstimate rows;
        private Moment created;

        Draft(Table from) {
            this.name = from.name;
            this.kind = from.kind;
            this.persistence = from.persistence;
            this.columns = from.columns;
            this.constraints = from.constraints;
            this.parents = from.parents;
            this.partitioning = from.partitioning;
            this.definition = from.definition;
            this.ofType = from.ofType;
            this.attached = from.attached;
            this.complete = from.complete;
            this.rows = from.rows;
            this.created = from.created;
        }

        Table finished() {
            return new Table(
                    name,
                    kind,
                    persistence,
                    columns,
                    constraints,
                    parents,
                    partitioning,
                    definition,
                    ofType,
                    attached,
                    complete,
                    rows,
                    created);
        }
    }
}
