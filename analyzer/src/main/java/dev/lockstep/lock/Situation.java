package dev.lockstep.lock;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Expressions;
import dev.lockstep.catalog.Index;
import dev.lockstep.catalog.Lookup;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.sql.ObjectName;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement, or one action of an ALTER TABLE, about to run.
 *
 * @param target the relation the statement names first
 * @param only whether it leaves the target's partitions and children alone
 */
record Situation<S>(S subject, QualifiedName target, boolean only, Catalog catalog, PgVersion version) {

    Lookup<Table> targetTable() {
        return catalog.table(target);
    }

    QualifiedName resolve(ObjectName name) {
        return catalog.resolve(name);
    }

    /** Whether a validated constraint proves that {@code column} holds no NULL. */
    boolean isProvenNotNull(String column) {
        return targetTable()
                .value()
                .filter(table -> isNotNull(table, column)
                        || table.constraints().stream()
                                .filter(TableConstraint::isValid)
                                .flatMap(constraint -> constraint.expression().stream())
                                .anyMatch(condition -> Expressions.impliesNotNull(condition, column)))
                .isPresent();
    }

    private static boolean isNotNull(Table table, String column) {
        return table.column(column).value().flatMap(known -> known.notNull()).orElse(false);
    }

    boolean isPartitioned() {
        return targetTable()
                .value()
                .filter(table -> table.kind() == Table.Kind.PARTITIONED_TABLE)
                .isPresent();
    }

    /** The known tables below {@code table}, at any depth. */
    List<QualifiedName> descendants(QualifiedName table) {
        List<QualifiedName> found = new ArrayList<>();
        for (Table child : catalog.childrenOf(table)) {
            if (!found.contains(child.name()) && !child.name().equals(table)) {
                found.add(child.name());
                found.addAll(descendants(child.name()));
            }
        }
        return found;
    }

    /** The table an index belongs to, when the history made the index. */
    List<QualifiedName> tableOf(QualifiedName index) {
        return catalog.index(index).value().map(Index::table).stream().toList();
    }

    /** The parents of the table's foreign keys over any of the columns. */
    List<QualifiedName> referencedBy(String column) {
        return targetTable().value().stream()
                .flatMap(table -> table.constraints().stream())
                .filter(constraint -> constraint.columns().contains(column))
                .flatMap(constraint -> constraint.referenced().stream())
                .toList();
    }
}
