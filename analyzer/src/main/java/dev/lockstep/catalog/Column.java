package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.TypeName;
import java.util.Optional;

/**
 * A column of a {@link Table}.
 *
 * @param type absent when the history never said it
 * @param notNull present when known
 */
public record Column(
        String name,
        Optional<TypeName> type,
        Optional<Boolean> notNull,
        Optional<Expression> defaultValue,
        boolean generated,
        boolean identity,
        Moment added) {

    /** A column that exists, of which nothing else is known. */
    static Column unknown(String name) {
        return new Column(
                name, Optional.empty(), Optional.empty(), Optional.empty(), false, false, Moment.BEFORE_HISTORY);
    }

    Column withName(String newName) {
        return new Column(newName, type, notNull, defaultValue, generated, identity, added);
    }

    Column withType(TypeName newType) {
        return new Column(name, Optional.of(newType), notNull, defaultValue, generated, identity, added);
    }

    Column withNotNull(boolean value) {
        return new Column(name, type, Optional.of(value), defaultValue, generated, identity, added);
    }

    Column withDefault(Optional<Expression> value) {
        return new Column(name, type, notNull, value, generated, identity, added);
    }
}
