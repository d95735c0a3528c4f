package dev.lockstep.catalog;

import dev.lockstep.catalog.TableConstraint.Kind;
import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Identifier;
import dev.lockstep.sql.Statement.IndexKey;
import java.util.List;
import java.util.Optional;

/** Columns and constraints added to one table. */
final class ConstraintReplay {

    private final QualifiedName table;
    private final boolean creating;
    private final Moment now;

    ConstraintReplay(QualifiedName table, boolean creating, Moment now) {
        this.table = table;
        this.creating = creating;
        this.now = now;
    }

    Catalog addColumn(Catalog catalog, ColumnDefinition definition) {
        boolean serial = definition.type().filter(type -> type.isSerial()).isPresent();
        Optional<Expression> defaultValue = serial
                ? Optional.of(new Expression.FunctionCall(Optional.of("pg_catalog"), "nextval", List.of()))
                : definition.defaultValue().map(ColumnDefinition.DefaultValue::expression);
        Column column = new Column(
                definition.name().name(),
                definition.type(),
                Optional.of(definition.notNull().isPresent()
                        || serial
                        || definition.identity().isPresent()),
                defaultValue,
                definition.generated().isPresent(),
                definition.identity().isPresent(),
                now);
        Catalog after = catalog.changing(table, found -> found.adding(column));
        for (Constraint constraint : definition.constraints()) {
            after = add(after, constraint);
        }
        return after;
    }

    Catalog add(Catalog catalog, Constraint constraint) {
        if (constraint instanceof Constraint.NotNull notNull) {
            return addNotNull(catalog, notNull);
        }
        if (constraint instanceof Constraint.Check check) {
            String middle = GeneratedNames.onlyColumn(check.expression());
            return enter(
                    catalog,
                    name(catalog, check, middle, "check"),
                    Kind.CHECK,
                    List.of(),
                    (check.notValid() && !creating) || !check.enforced(),
                    Optional.of(check.expression()),
                    Optional.empty());
        }
        if (constraint instanceof Constraint.ForeignKey key) {
            return enter(
                    catalog,
                    name(catalog, key, GeneratedNames.columns(key.columns()), "fkey"),
                    Kind.FOREIGN_KEY,
                    key.columns(),
                    (key.notValid() && !creating) || !key.enforced(),
                    Optional.empty(),
                    Optional.of(catalog.resolve(key.referenced())));
        }
        if (constraint instanceof Constraint.PrimaryKey key) {
            return key.usingIndex().isPresent()
                    ? useIndex(catalog, Kind.PRIMARY_KEY, key, key.usingIndex().get())
                    : addKey(catalog, Kind.PRIMARY_KEY, name(catalog, key, "", "pkey"), columnKeys(key.columns()));
        }
        if (constraint instanceof Constraint.Unique key) {
            List<IndexKey> keys = columnKeys(key.columns());
            return key.usingIndex().isPresent()
                    ? useIndex(catalog, Kind.UNIQUE, key, key.usingIndex().get())
                    : addKey(catalog, Kind.UNIQUE, keyName(catalog, key, keys, key.included(), "key"), keys);
        }
        Constraint.Exclusion exclusion = (Constraint.Exclusion) constraint;
        String name = keyName(catalog, exclusion, exclusion.keys(), List.of(), "excl");
        return addKey(catalog, Kind.EXCLUSION, name, exclusion.keys());
    }

    /** A NOT NULL that is not validated proves nothing about the rows there are. */
    private Catalog addNotNull(Catalog catalog, Constraint.NotNull notNull) {
        boolean proven = creating || !notNull.notValid();
        Catalog after = proven
                ? catalog.changing(table, found -> found.changing(notNull.column(), column -> column.withNotNull(true)))
                : catalog;
        return notNull.name()
                .map(name -> enter(
                        after,
                        name.name(),
                        Kind.NOT_NULL,
                        List.of(notNull.column()),
                        !proven,
                        Optional.empty(),
                        Optional.empty()))
                .orElse(after);
    }

    private String keyName(
            Catalog catalog, Constraint constraint, List<IndexKey> keys, List<String> included, String label) {
        return name(catalog, constraint, GeneratedNames.columns(GeneratedNames.indexColumns(keys, included)), label);
    }

    private static List<IndexKey> columnKeys(List<String> columns) {
        return columns.stream()
                .map(column -> new IndexKey(Optional.of(column), Optional.empty()))
                .toList();
    }

    /** PRIMARY KEY or UNIQUE USING INDEX: the index takes the constraint's name, or gives it its own. */
    private Catalog useIndex(Catalog catalog, Kind kind, Constraint constraint, String index) {
        QualifiedName old = new QualifiedName(table.schema(), index);
        String name = constraint.name().map(Identifier::name).orElse(index);
        Optional<Index> known = catalog.index(old).value();
        List<IndexKey> keys = known.map(Index::keys).orElse(List.of());
        Moment created = known.map(Index::created).orElse(Moment.BEFORE_HISTORY);
        return enterKey(catalog.withoutIndex(old), kind, name, keys, created);
    }

    private Catalog addKey(Catalog catalog, Kind kind, String name, List<IndexKey> keys) {
        return enterKey(catalog, kind, name, keys, now);
    }

    private Catalog enterKey(Catalog catalog, Kind kind, String name, List<IndexKey> keys, Moment created) {
        List<String> columns =
                keys.stream().flatMap(key -> key.column().stream()).toList();
        Catalog after = enter(catalog, name, kind, columns, false, Optional.empty(), Optional.empty());
        if (kind == Kind.PRIMARY_KEY) {
            for (String column : columns) {
                after = after.changing(table, found -> found.changing(column, known -> known.withNotNull(true)));
            }
        }
        QualifiedName index = new QualifiedName(table.schema(), name);
        return after.with(new Index(index, table, kind != Kind.EXCLUSION, keys, Optional.empty(), created));
    }

    private Catalog enter(
            Catalog catalog,
            String name,
            Kind kind,
            List<String> columns,
            boolean notValid,
            Optional<Expression> expression,
            Optional<QualifiedName> referenced) {
        TableConstraint entered = new TableConstraint(
                name, kind, columns, expression, referenced, notValid ? Optional.empty() : Optional.of(now), now);
        return catalog.changing(table, found -> found.adding(entered));
    }

    /** The name given, else the one PostgreSQL makes up. */
    private String name(Catalog catalog, Constraint constraint, String middle, String label) {
        return constraint.name().map(Identifier::name).orElseGet(() -> generated(catalog, middle, label));
    }

    private String generated(Catalog catalog, String middle, String label) {
        return GeneratedNames.choose(table.name(), middle, label, name -> catalog.isTaken(table, name));
    }
}
