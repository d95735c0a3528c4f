package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.TypeName;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A column of a {@link Table}.
 *
 * @param type absent when the history never said it; built-in types are in the schema {@code pg_catalog}, types of the history in theirs
 * @param notNull present when known
 * @param generatedAs the expression of a generated column
 * @param local whether the table's own definition has it, not only that of a table above
 */
public record Column(
        String name,
        Optional<TypeName> type,
        Optional<String> collation,
        Optional<Boolean> notNull,
        Optional<Expression> defaultValue,
        Optional<Expression> generatedAs,
        Generation generation,
        Identity identityKind,
        boolean local,
        Moment added) {

    public enum Generation {
        NONE,
        STORED,
        VIRTUAL
    }

    public enum Identity {
        NONE,
        ALWAYS,
        BY_DEFAULT
    }

    /** A column that exists, of which nothing else is known. */
    static Column unknown(String name) {
        return plain(name, Optional.empty(), Optional.empty(), Moment.BEFORE_HISTORY);
    }

    /** A column without default, identity or generation. */
    static Column plain(String name, Optional<TypeName> type, Optional<Boolean> notNull, Moment added) {
        return new Column(
                name,
                type,
                Optional.empty(),
                notNull,
                Optional.empty(),
                Optional.empty(),
                Generation.NONE,
                Identity.NONE,
                true,
                added);
    }

    public boolean generated() {
        return generation != Generation.NONE;
    }

    public boolean identity() {
        return identityKind != Identity.NONE;
    }

    /** The default and the generation expression. */
    Stream<Expression> expressions() {
        return Stream.concat(defaultValue.stream(), generatedAs.stream());
    }

    Column withName(String newName) {
        return new Column(
                newName, type, collation, notNull, defaultValue, generatedAs, generation, identityKind, local, added);
    }

    Column withType(Optional<TypeName> newType, Optional<String> newCollation) {
        return new Column(
                name,
                newType,
                newCollation,
                notNull,
                defaultValue,
                generatedAs,
                generation,
                identityKind,
                local,
                added);
    }

    Column withNotNull(boolean value) {
        return new Column(
                name,
                type,
                collation,
                Optional.of(value),
                defaultValue,
                generatedAs,
                generation,
                identityKind,
                local,
                added);
    }

    Column withDefault(Optional<Expression> value) {
        return new Column(name, type, collation, notNull, value, generatedAs, generation, identityKind, local, added);
    }

    Column withGeneration(Optional<Expression> expression, Generation newGeneration) {
        return new Column(
                name, type, collation, notNull, defaultValue, expression, newGeneration, identityKind, local, added);
    }

    Column withIdentity(Identity newIdentity) {
        return new Column(
                name, type, collation, notNull, defaultValue, generatedAs, generation, newIdentity, local, added);
    }

    Column withLocal(boolean isLocal) {
        return new Column(
                name, type, collation, notNull, defaultValue, generatedAs, generation, identityKind, isLocal, added);
    }

    Column addedAt(Moment moment) {
        return new Column(
                name, type, collation, notNull, defaultValue, generatedAs, generation, identityKind, local, moment);
    }

    Column rewriting(UnaryOperator<Expression> expressions) {
        return new Column(
                name,
                type,
                collation,
                notNull,
                defaultValue.map(expressions),
                generatedAs.map(expressions),
                generation,
                identityKind,
                local,
                added);
    }
}
