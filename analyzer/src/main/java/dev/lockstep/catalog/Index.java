package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Statement.IndexKey;
import java.util.List;
import java.util.Optional;

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

    Index withKeys(List<IndexKey> newKeys) {
        return new Index(name, table, unique, newKeys, predicate, created);
    }

    boolean uses(String column) {
        return keys.stream().anyMatch(key -> key.column().filter(column::equals).isPresent());
    }
}
