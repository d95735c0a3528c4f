package dev.lockstep.catalog;

import dev.lockstep.sql.Statement.Persistence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A table, or a view or materialized view (which share its namespace).
 *
 * @param complete whether {@code columns} and {@code constraints} are all there are; a table made before the given history is known
 *     only by what the history does to it
 * @param parents the partitioned or inherited tables above it
 */
public record Table(
        QualifiedName name,
        Kind kind,
        Persistence persistence,
        List<Column> columns,
        List<TableConstraint> constraints,
        List<QualifiedName> parents,
        boolean complete,
        RowEstimate rows,
        Moment created) {

    public enum Kind {
        TABLE,
        PARTITIONED_TABLE,
        VIEW,
        MATERIALIZED_VIEW,
        UNKNOWN
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
                false,
                RowEstimate.MANY,
                Moment.BEFORE_HISTORY);
    }

    public Lookup<Column> column(String column) {
        return find(columns, candidate -> candidate.name().equals(column));
    }

    public Lookup<TableConstraint> constraint(String constraint) {
        return find(constraints, candidate -> candidate.name().equals(constraint));
    }

    private <T> Lookup<T> find(List<T> items, Predicate<T> wanted) {
        Optional<T> found = items.stream().filter(wanted).findFirst();
        if (found.isPresent()) {
            return new Lookup.Present<>(found.get());
        }
        return complete ? new Lookup.Absent<>() : new Lookup.Unknown<>();
    }

    Table withName(QualifiedName newName) {
        return new Table(newName, kind, persistence, columns, constraints, parents, complete, rows, created);
    }

    Table withColumns(List<Column> newColumns) {
        return new Table(name, kind, persistence, newColumns, constraints, parents, complete, rows, created);
    }

    Table withConstraints(List<TableConstraint> newConstraints) {
        return new Table(name, kind, persistence, columns, newConstraints, parents, complete, rows, created);
    }

    Table withParents(List<QualifiedName> newParents) {
        return new Table(name, kind, persistence, columns, constraints, newParents, complete, rows, created);
    }

    Table withRows(RowEstimate newRows) {
        return new Table(name, kind, persistence, columns, constraints, parents, complete, newRows, created);
    }

    Table withKind(Kind newKind) {
        return new Table(name, newKind, persistence, columns, constraints, parents, complete, rows, created);
    }

    Table adding(Column column) {
        return withColumns(append(columns, column));
    }

    Table adding(TableConstraint constraint) {
        return withConstraints(append(constraints, constraint));
    }

    /** Changes one column; one that the history has not shown yet is entered as existing first. */
    Table changing(String column, UnaryOperator<Column> change) {
        if (column(column).isUnknown()) {
            return adding(change.apply(Column.unknown(column)));
        }
        return withColumns(replace(columns, candidate -> candidate.name().equals(column), change));
    }

    Table changingConstraint(String constraint, UnaryOperator<TableConstraint> change) {
        return withConstraints(
                replace(constraints, candidate -> candidate.name().equals(constraint), change));
    }

    private static <T> List<T> append(List<T> list, T item) {
        List<T> longer = new ArrayList<>(list);
        longer.add(item);
        return longer;
    }

    private static <T> List<T> replace(List<T> list, Predicate<T> which, Function<T, T> change) {
        return list.stream()
                .map(item -> which.test(item) ? change.apply(item) : item)
                .toList();
    }
}
