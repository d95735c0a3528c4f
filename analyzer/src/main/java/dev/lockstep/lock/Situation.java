package dev.lockstep.lock;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Expressions;
import dev.lockstep.catalog.Lookup;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * A statement, or one part of it, about to run.
 *
 * @param statement the whole that {@code subject} is, or is part of
 * @param target the relation the part is about
 * @param only whether it leaves the target's partitions and children alone
 */
record Situation<S>(
        S subject,
        Statement statement,
        QualifiedName target,
        boolean only,
        Catalog catalog,
        PgVersion version,
        Settings settings) {

    Relations relations() {
        return new Relations(catalog);
    }

    Dependents dependents() {
        return new Dependents(catalog);
    }

    Functions functions() {
        return new Functions(catalog, version);
    }

    Optional<Table> table() {
        return catalog.table(target).value();
    }

    Optional<Table> table(QualifiedName name) {
        return catalog.table(name).value();
    }

    Lookup<Column> column(String name) {
        return catalog.table(target).flatMap(table -> table.column(name));
    }

    QualifiedName resolve(ObjectName name) {
        return catalog.resolve(name);
    }

    /** Whether IF EXISTS is said of something the history does not tell of. */
    boolean mayBeMissing() {
        boolean forgiving = statement instanceof Statement.Drop drop && drop.ifExists()
                || statement instanceof Statement.AlterTable alter && alter.ifExists();
        return forgiving && catalog.table(target).isUnknown();
    }

    boolean isPartitioned() {
        return relations().isPartitioned(target);
    }

    boolean isIndex() {
        return relations().isIndex(target);
    }

    boolean isView() {
        return relations().isView(target);
    }

    /** The target's partitions and children, unless ONLY is said. */
    List<QualifiedName> below() {
        return only ? List.of() : relations().descendants(target);
    }

    /** The target, and its partitions and children unless ONLY is said. */
    List<QualifiedName> tree() {
        return Relations.concat(List.of(target), below());
    }

    /** The target's partitions, unless ONLY is said. */
    List<QualifiedName> partitions() {
        return isPartitioned() ? below() : List.of();
    }

    /** The target, and its partitions unless ONLY is said. */
    List<QualifiedName> partitionTree() {
        return Relations.concat(List.of(target), partitions());
    }

    /** All indexes of the tables of the tree that have files. */
    List<QualifiedName> storedIndexes() {
        return relations().storedIndexesOf(tree());
    }

    /** Whether a validated constraint of {@code table} proves that {@code column} holds no NULL. */
    boolean isProvenNotNull(QualifiedName table, String column) {
        return catalog.table(table)
                .value()
                .filter(known -> isNotNull(known, column)
                        || known.constraints().stream()
                                .filter(TableConstraint::isValid)
                                .flatMap(constraint -> constraint.expression().stream())
                                .anyMatch(condition -> Expressions.impliesNotNull(condition, column)))
                .isPresent();
    }

    private static boolean isNotNull(Table table, String column) {
        return table.column(column).value().flatMap(Column::notNull).orElse(false);
    }

    /** The first constraint of that name on the target. */
    Optional<TableConstraint> constraint(String name) {
        return table().flatMap(known -> known.constraint(name).value());
    }
}
