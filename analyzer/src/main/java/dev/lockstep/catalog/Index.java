package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Statement.IndexKey;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** An index; a constraint's index carries the constraint's name. */
public record Index(
        QualifiedName name,
        QualifiedName table,
        boolean unique,
        List<IndexKey> keys,
        Optional<Expression> predicate,
        Moment created) {

    public Index {
        keys = List.copyOf(keys);
    }

    Index withName(QualifiedName newName) {
        return new Index(newName, table, unique, keys, predicate, created);
    }

    Index withTable(QualifiedName newTable) {
        return new Index(name, newTable, unique, keys, predicate, created);
    }

    Index renaming(UnaryOperator<String> rename) {
        List<IndexKey> renamed = keys.stream()
                .map(key -> new IndexKey(
                        key.column().map(rename),
                        key.expression().map(expression -> ColumnRenamer.rename(expression, rename))))
                .toList();
        return new Index(
                name,
                table,
                unique,
                renamed,
                predicate.map(condition -> ColumnRenamer.rename(condition, rename)),
                created);
    }

    /** Whether a key or the predicate needs the column. */
    boolean uses(String column) {
        return Stream.concat(keys.stream().flatMap(key -> key.expression().stream()), predicate.stream())
                        .anyMatch(expression -> Expressions.uses(expression, column))
                || keys.stream()
                        .anyMatch(key -> key.column().filter(column::equals).isPresent());
    }
}
