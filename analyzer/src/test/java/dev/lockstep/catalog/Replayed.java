package dev.lockstep.catalog;

import dev.lockstep.sql.Statement;
import dev.lockstep.testing.Sql;
import java.util.List;
import java.util.Optional;

/** A catalog made by SQL, with short ways to ask it. */
record Replayed(Catalog catalog) {

    static final Moment NOW = new Moment(1, 2, 3);

    static Replayed of(String sql) {
        return new Replayed(Catalog.empty()).then(sql, NOW);
    }

    Replayed then(String sql) {
        return then(sql, NOW);
    }

    Replayed then(String sql, Moment moment) {
        Catalog after = catalog;
        for (Statement statement : Sql.accepted(sql).statements()) {
            after = CatalogReplay.apply(after, statement, moment);
        }
        return new Replayed(after);
    }

    Lookup<Table> lookup(String name) {
        return catalog.table(name(name));
    }

    Table table(String name) {
        return lookup(name).value().orElseThrow(() -> new AssertionError("no table " + name));
    }

    Column column(String table, String column) {
        return table(table).column(column).value().orElseThrow(() -> new AssertionError("no column " + column));
    }

    TableConstraint constraint(String table, String name) {
        return table(table)
                .constraint(name)
                .value()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + constraints(table)));
    }

    List<String> columns(String table) {
        return table(table).columns().stream().map(Column::name).toList();
    }

    /** All constraints but NOT NULL. */
    List<String> constraints(String table) {
        return table(table).constraints().stream()
                .filter(constraint -> constraint.kind() != TableConstraint.Kind.NOT_NULL)
                .map(TableConstraint::name)
                .toList();
    }

    /** The table's indexes in order of name. */
    List<String> indexes(String table) {
        return catalog.indexesOf(name(table)).stream()
                .map(index -> index.name().name())
                .sorted()
                .toList();
    }

    Lookup<Index> index(String name) {
        return catalog.index(name(name));
    }

    QualifiedName name(String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? catalog.resolve(Optional.empty(), name)
                : new QualifiedName(name.substring(0, dot), name.substring(dot + 1));
    }
}
