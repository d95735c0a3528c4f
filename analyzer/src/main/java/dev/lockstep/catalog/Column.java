package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.TypeName;
import java.util.Optional;
import java.util.function.Consumer;
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
        return edited(draft -> draft.name = newName);
    }

    Column withType(Optional<TypeName> newType, Optional<String> newCollation) {
        return edited(draft -> {
            draft.type = newType;
            draft.collation = newCollation;
        });
    }

    Column withNotNull(boolean value) {
        return edited(draft -> draft.notNull = Optional.of(value));
    }

    Column withDefault(Optional<Expression> value) {
        return edited(draft -> draft.defaultValue = value);
    }

    Column withGeneration(Optional<Expression> expression, Generation newGeneration) {
        return edited(draft -> {
            draft.generatedAs = expression;
            draft.generation = newGeneration;
        });
    }

    Column withIdentity(Identity newIdentity) {
        return edited(draft -> draft.identityKind = newIdentity);
    }

    Column withLocal(boolean isLocal) {
        return edited(draft -> draft.local = isLocal);
    }

    Column addedAt(Moment moment) {
        return edited(draft -> draft.added = moment);
    }

    Column rewriting(UnaryOperator<Expression> expressions) {
        return edited(draft -> {
            draft.defaultValue = defaultValue.map(expressions);
            draft.generatedAs = generatedAs.map(expressions);
        });
    }

    private Column edited(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** The parts of one column while some of them change. */
    private static final class Draft {

        private String name;
        private Optional<TypeName> type;
        private Optional<String> collation;
        private Optional<Boolean> notNull;
        private Optional<Expression> defaultValue;
        private Optional<Expression> generatedAs;
        private Generation generation;
        private Identity identityKind;
        private boolean local;
        private Moment added;

        Draft(Column from) {
            this.name = from.name;
            this.type = from.type;
            this.collation = from.collation;
            this.notNull = from.notNull;
            this.defaultValue = from.defaultValue;
            this.generatedAs = from.generatedAs;
            this.generation = from.generation;
            this.identityKind = from.identityKind;
            this.local = from.local;
            this.added = from.added;
        }

        Column finished() {
            return new Column(
                    name, type, collation, notNull, defaultValue, generatedAs, generation, identityKind, local, added);
        }
    }
}
