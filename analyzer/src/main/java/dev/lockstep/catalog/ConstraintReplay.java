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
            Catalog after = catalog.changing(
                    table, found -> found.changing(notNull.column(), column -> column.withNotNull(true)));
            return notNull.name().isEmpty()
                    ? after
                    : enter(
                            after,
                            Kind.NOT_NULL,
                            constraint,
                            List.of(notNull.column()),
                            "not_null",
                            notNull.notValid(),
                            Optional.empty(),
                            Optional.empty());
        }
        if (constraint instanceof Constraint.Check check) {
            return enter(
                    catalog,
                    Kind.CHECK,
                    constraint,
                    List.of(),
                    "check",
                    check.notValid() && !creating || !check.enforced(),
                    Optional.of(check.expression()),
                    Optional.empty());
        }
        if (constraint instanceof Constraint.ForeignKey key) {
            return enter(
                    catalog,
                    Kind.FOREIGN_KEY,
                    constraint,
                    key.columns(),
                    "fkey",
                    key.notValid() && !creating || !key.enforced(),
                    Optional.empty(),
                    Optional.of(catalog.resolve(key.referenced())));
        }
        if (constraint instanceof Constraint.PrimaryKey key) {
            return addKey(catalog, Kind.PRIMARY_KEY, constraint, key.columns(), "pkey", key.usingIndex());
        }
        if (constraint instanceof Constraint.Unique key) {
            return addKey(catalog, Kind.UNIQUE, constraint, key.columns(), "key", key.usingIndex());
        }
        return enter(catalog, Kind.EXCLUSION, constraint, List.of(), "excl", false, Optional.empty(), Optional.empty());
    }

    private Catalog addKey(
            Catalog catalog,
            Kind kind,
            Constraint constraint,
            List<String> columns,
            String suffix,
            Optional<String> usingIndex) {
        Optional<Index> existing = usingIndex.flatMap(
                index -> catalog.index(new QualifiedName(table.schema(), index)).value());
        List<String> keyColumns = existing.isEmpty()
                ? columns
                : existing.get().keys().stream()
                        .flatMap(key -> key.column().stream())
                        .toList();
        String name = name(catalog, kind, constraint, keyColumns, suffix, usingIndex);
        Catalog after = enter(catalog, name, kind, keyColumns, false, Optional.empty(), Optional.empty());
        if (kind == Kind.PRIMARY_KEY) {
            for (String column : keyColumns) {
                after = after.changing(table, found -> found.changing(column, known -> known.withNotNull(true)));
            }
        }
        QualifiedName indexName = new QualifiedName(table.schema(), name);
        if (usingIndex.isPresent()) {
            after = after.withoutIndex(new QualifiedName(table.schema(), usingIndex.get()));
        }
        List<IndexKey> keys = existing.map(Index::keys)
                .orElse(keyColumns.stream().map(column -> IndexKey.of(column)).toList());
        Moment created = existing.map(Index::created).orElse(now);
        return after.with(new Index(indexName, table, true, keys, Optional.empty(), created));
    }

    private Catalog enter(
            Catalog catalog,
            Kind kind,
            Constraint constraint,
            List<String> columns,
            String suffix,
            boolean notValid,
            Optional<Expression> expression,
            Optional<QualifiedName> referenced) {
        String name = name(catalog, kind, constraint, columns, suffix, Optional.empty());
        return enter(catalog, name, kind, columns, notValid, expression, referenced);
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

    /** The name given, else the one PostgreSQL makes up: table, columns and a suffix (a primary key's has no columns). */
    private String name(
            Catalog catalog,
            Kind kind,
            Constraint constraint,
            List<String> columns,
            String suffix,
            Optional<String> otherwise) {
        Optional<String> given = constraint.name().map(Identifier::name).or(() -> otherwise);
        if (given.isPresent()) {
            return given.get();
        }
        String stem =
                table.name() + (kind == Kind.PRIMARY_KEY || columns.isEmpty() ? "" : "_" + String.join("_", columns));
        String name = stem + "_" + suffix;
        for (int i = 1; isTaken(catalog, name); i++) {
            name = stem + "_" + suffix + i;
        }
        return name;
    }

    private boolean isTaken(Catalog catalog, String name) {
        return catalog.table(table)
                .flatMap(known -> known.constraint(name))
                .value()
                .isPresent();
    }
}
