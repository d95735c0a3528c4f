package dev.lockstep.catalog;

import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.TypeName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Columns that a definition gives to one table, with the sequences behind them. */
final class ColumnReplay {

    private final QualifiedName table;
    private final Moment now;

    ColumnReplay(QualifiedName table, Moment now) {
        this.table = table;
        this.now = now;
    }

    /** ALTER TABLE ADD COLUMN, with its constraints; tables below that have such a column already keep theirs. */
    Catalog add(Catalog catalog, ColumnDefinition definition, boolean only) {
        Catalog after = enter(catalog, definition);
        if (!only) {
            after = toChildren(after, table, definition.name().name());
        }
        for (Constraint constraint : inOrder(definition.constraints())) {
            after = new ConstraintReplay(table, false, only, now).add(after, constraint);
        }
        return definition.identity().isPresent() || isSerial(definition)
                ? new ConstraintReplay(table, false, only, now)
                        .addNotNull(after, definition.name().name(), Optional.empty(), true, false)
                : after;
    }

    /** In the server's order: conditions, the primary key, other keys, foreign keys. A key that says what another says is left out. */
    static List<Constraint> inOrder(List<Constraint> constraints) {
        List<Constraint> sorted = new ArrayList<>();
        constraints.stream()
                .sorted(Comparator.comparingInt(ColumnReplay::rank))
                .filter(constraint -> sorted.stream().noneMatch(other -> saysTheSame(constraint, other)))
                .forEach(sorted::add);
        return sorted;
    }

    private static boolean saysTheSame(Constraint constraint, Constraint other) {
        if (!(constraint instanceof Constraint.Unique unique)
                || unique.usingIndex().isPresent()) {
            return false;
        }
        if (other instanceof Constraint.PrimaryKey key) {
            return unique.columns().equals(key.columns())
                    && unique.included().equals(key.included())
                    && !unique.nullsNotDistinct()
                    && unique.deferral() == key.deferral();
        }
        return other instanceof Constraint.Unique key
                && unique.columns().equals(key.columns())
                && unique.included().equals(key.included())
                && unique.nullsNotDistinct() == key.nullsNotDistinct()
                && unique.deferral() == key.deferral();
    }

    static int rank(Constraint constraint) {
        if (constraint instanceof Constraint.NotNull || constraint instanceof Constraint.Check) {
            return 0;
        }
        if (constraint instanceof Constraint.PrimaryKey) {
            return 1;
        }
        return constraint instanceof Constraint.ForeignKey ? 3 : 2;
    }

    private Catalog toChildren(Catalog catalog, QualifiedName parent, String column) {
        Optional<Column> added =
                catalog.table(parent).flatMap(known -> known.column(column)).value();
        Catalog after = catalog;
        for (Table child : catalog.childrenOf(parent)) {
            boolean has = child.column(column).value().isPresent();
            if (!has && added.isPresent()) {
                // Before 17 a partition's column is no identity; the sequence is the parent's alone in every version.
                after = after.changing(
                        child.name(), known -> known.adding(added.get().withLocal(false)));
                after = toChildren(after, child.name(), column);
            }
        }
        return after;
    }

    /** The column alone, with its sequence; a column the table has from above is merged with the definition. */
    Catalog enter(Catalog catalog, ColumnDefinition definition) {
        String name = definition.name().name();
        Catalog after = catalog;
        Optional<Expression> defaultValue = definition
                .defaultValue()
                .map(ColumnDefinition.DefaultValue::expression)
                .flatMap(value -> defaultValue(catalog, value, definition.type()));
        boolean serial = isSerial(definition);
        if (serial || definition.identity().isPresent()) {
            Catalog before = after;
            Sequence sequence = definition
                    .identity()
                    .map(identity -> sequence(before, name, identity))
                    .orElseGet(() -> sequence(before, name, false));
            after = after.with(sequence);
            defaultValue = serial ? Optional.of(Expressions.nextValue(sequence.name())) : defaultValue;
        }
        Optional<Expression> value = defaultValue;
        Column column = Column.plain(name, definition.type().map(catalog::columnType), Optional.of(false), now)
                .withDefault(value)
                .withIdentity(identity(definition.identity()))
                .withGeneration(
                        definition
                                .generated()
                                .map(generated ->
                                        catalog.resolve(ConstraintReplay.unqualified(generated.expression()))),
                        generation(definition));
        Column collated = column.withType(column.type(), TypeNames.collation(definition.collation()));
        return after.changing(
                table,
                known -> known.column(name).value().isPresent()
                        ? known.changing(name, inherited -> merged(inherited, collated))
                        : known.adding(collated));
    }

    /** A default as kept: NULL is none at all, unless it is cast to a length, or overrides the default of a domain. */
    static Optional<Expression> defaultValue(Catalog catalog, Expression value, Optional<TypeName> type) {
        boolean cast = type.filter(known -> !known.modifiers().isEmpty()).isPresent()
                || type.flatMap(catalog::type)
                        .filter(UserType.Domain.class::isInstance)
                        .isPresent();
        return isNull(value) && !cast ? Optional.empty() : Optional.of(catalog.resolve(value));
    }

    private static boolean isNull(Expression value) {
        return value instanceof Expression.Cast cast
                ? isNull(cast.operand())
                : value instanceof Expression.Literal literal && literal.kind() == Expression.Literal.Kind.NULL;
    }

    private static Column merged(Column inherited, Column own) {
        Column merged = inherited
                .withDefault(own.defaultValue().or(inherited::defaultValue))
                .withIdentity(own.identity() ? own.identityKind() : inherited.identityKind());
        Column generated = own.generated()
                ? merged.withDefault(Optional.empty()).withGeneration(own.generatedAs(), own.generation())
                : merged;
        // A partition's column options name the parent's column, which stays the parent's; an heir's definition is its
        // own.
        return own.type().isPresent() ? generated.withLocal(true) : generated;
    }

    static boolean isSerial(ColumnDefinition definition) {
        return definition.type().filter(TypeName::isSerial).isPresent();
    }

    private static Column.Identity identity(Optional<ColumnDefinition.Identity> identity) {
        return identity.map(found -> found.always() ? Column.Identity.ALWAYS : Column.Identity.BY_DEFAULT)
                .orElse(Column.Identity.NONE);
    }

    private static Column.Generation generation(ColumnDefinition definition) {
        return definition
                .generated()
                .map(generated -> generated.stored() ? Column.Generation.STORED : Column.Generation.VIRTUAL)
                .orElse(Column.Generation.NONE);
    }

    /** The sequence of a serial or identity column, under a free name. */
    Sequence sequence(Catalog catalog, String column, boolean identity) {
        String name = GeneratedNames.free(catalog, table, column, "seq", false);
        return new Sequence(
                new QualifiedName(table.schema(), name), Optional.of(new Sequence.Owner(table, column)), identity, now);
    }

    /** Under the name that its options give it, as those of pg_dump do. */
    Sequence sequence(Catalog catalog, String column, ColumnDefinition.Identity identity) {
        Sequence sequence = sequence(catalog, column, true);
        return sequenceName(identity)
                .map(name -> sequence.withName(catalog.created(name)))
                .orElse(sequence);
    }

    private static Optional<ObjectName> sequenceName(ColumnDefinition.Identity identity) {
        return identity.options().stream()
                .filter(option -> option.name().equals("sequence_name"))
                .flatMap(option -> option.value().stream())
                .map(written -> {
                    int dot = written.indexOf('.');
                    Optional<String> schema = dot < 0 ? Optional.empty() : Optional.of(written.substring(0, dot));
                    return new ObjectName(schema, written.substring(dot + 1), identity.span());
                })
                .findFirst();
    }
}
