package dev.lockstep.lock;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Index;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.sql.Constraint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How tables, partitions, indexes and foreign keys of a catalog hang together. What the catalog does not know is left out. */
record Relations(Catalog catalog) {

    static <T> List<T> concat(Collection<? extends T> first, Collection<? extends T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    Optional<Table> table(QualifiedName name) {
        return catalog.table(name).value();
    }

    boolean exists(QualifiedName relation) {
        return table(relation).isPresent()
                || isIndex(relation)
                || catalog.sequence(relation).value().isPresent();
    }

    /** The known relations that hold rows or divide them. */
    List<QualifiedName> tables() {
        return catalog.tables().stream()
                .filter(table -> table.kind() != Table.Kind.VIEW)
                .map(Table::name)
                .toList();
    }

    boolean isPartitioned(QualifiedName relation) {
        return isOfKind(relation, Table.Kind.PARTITIONED_TABLE);
    }

    boolean isView(QualifiedName relation) {
        return isOfKind(relation, Table.Kind.VIEW);
    }

    boolean isMaterializedView(QualifiedName relation) {
        return isOfKind(relation, Table.Kind.MATERIALIZED_VIEW);
    }

    private boolean isOfKind(QualifiedName relation, Table.Kind kind) {
        return table(relation).filter(table -> table.kind() == kind).isPresent();
    }

    boolean isIndex(QualifiedName relation) {
        return catalog.index(relation).value().isPresent();
    }

    /** Partitioned tables, their indexes and views have no files. */
    boolean hasStorage(QualifiedName relation) {
        return !isPartitioned(relation)
                && !isView(relation)
                && tableOf(relation).stream().noneMatch(this::isPartitioned);
    }

    /** The known tables below {@code table}, at any depth. */
    List<QualifiedName> descendants(QualifiedName table) {
        Set<QualifiedName> found = new LinkedHashSet<>();
        collectDescendants(table, found);
        found.remove(table);
        return List.copyOf(found);
    }

    private void collectDescendants(QualifiedName table, Set<QualifiedName> found) {
        for (Table child : catalog.childrenOf(table)) {
            if (found.add(child.name())) {
                collectDescendants(child.name(), found);
            }
        }
    }

    /** The table and all below it. */
    List<QualifiedName> tree(QualifiedName table) {
        return concat(List.of(table), descendants(table));
    }

    /** The table and, where it is partitioned, all below it: what a foreign key reaches. */
    List<QualifiedName> partitionTree(QualifiedName table) {
        return isPartitioned(table) ? tree(table) : List.of(table);
    }

    /** The table, and what is below it and loses {@code column} when the table does. */
    List<QualifiedName> losing(QualifiedName table, String column) {
        List<QualifiedName> found = new ArrayList<>(List.of(table));
        for (Table child : catalog.childrenOf(table)) {
            boolean stays = child.column(column).value().map(Column::local).orElse(true)
                    || child.parents().stream()
                            .filter(parent -> !parent.equals(table))
                            .flatMap(parent -> table(parent).stream())
                            .anyMatch(parent -> !parent.column(column).isAbsent());
            if (!stays) {
                found.addAll(losing(child.name(), column));
            }
        }
        return List.copyOf(found);
    }

    /** What is below the table and gets a column that the table gets; a child that has one keeps it, and hands nothing down. */
    List<QualifiedName> gaining(QualifiedName table, String column) {
        Set<QualifiedName> found = new LinkedHashSet<>();
        for (Table child : catalog.childrenOf(table)) {
            if (child.column(column).value().isEmpty()) {
                found.add(child.name());
                found.addAll(gaining(child.name(), column));
            }
        }
        return List.copyOf(found);
    }

    Optional<QualifiedName> partitionedParent(QualifiedName table) {
        return table(table)
                .filter(Table::isPartition)
                .flatMap(partition -> partition.parents().stream().findFirst());
    }

    List<QualifiedName> defaultPartition(QualifiedName parent) {
        return catalog.childrenOf(parent).stream()
                .filter(Table::isDefaultPartition)
                .map(Table::name)
                .toList();
    }

    List<QualifiedName> indexesOf(Collection<QualifiedName> tables) {
        return indexesOf(tables, index -> true);
    }

    List<QualifiedName> indexesOf(Collection<QualifiedName> tables, Predicate<Index> wanted) {
        return tables.stream()
                .flatMap(table -> catalog.indexesOf(table).stream())
                .filter(wanted)
                .map(Index::name)
                .toList();
    }

    /** The indexes of those of the tables that have files. */
    List<QualifiedName> storedIndexesOf(Collection<QualifiedName> tables) {
        return indexesOf(tables.stream().filter(this::hasStorage).toList());
    }

    /** The indexes of those of the tables that are partitioned. */
    List<QualifiedName> unstoredIndexesOf(Collection<QualifiedName> tables) {
        return indexesOf(tables.stream().filter(this::isPartitioned).toList());
    }

    /** The table of an index, if the history made the index. */
    List<QualifiedName> tableOf(QualifiedName index) {
        return catalog.index(index).value().map(Index::table).stream().toList();
    }

    /** The table of an index and, if that is partitioned, all below it. */
    List<QualifiedName> treeOfIndex(QualifiedName index) {
        return tableOf(index).stream()
                .flatMap(table -> isPartitioned(table) ? tree(table).stream() : Stream.of(table))
                .toList();
    }

    /** The index, and the partitions' indexes that are parts of it, at any depth. */
    List<QualifiedName> indexTree(QualifiedName index) {
        List<QualifiedName> found = new ArrayList<>(List.of(index));
        for (QualifiedName table : tableOf(index)) {
            for (Table child : catalog.childrenOf(table)) {
                catalog.indexesOf(child.name()).stream()
                        .filter(part -> part.parent().filter(index::equals).isPresent())
                        .forEach(part -> found.addAll(indexTree(part.name())));
            }
        }
        return found;
    }

    /** Whether a constraint, or the index of a partitioned table, stands in the way of dropping the index. */
    boolean isIndexNeeded(QualifiedName name) {
        return catalog.index(name)
                .value()
                .filter(index -> index.parent().isPresent()
                        || constraints(index.table())
                                .filter(constraint -> constraint.kind() != TableConstraint.Kind.FOREIGN_KEY)
                                .anyMatch(constraint ->
                                        constraint.index().filter(name::equals).isPresent()))
                .isPresent();
    }

    /** Whether the partitioned table has an index of which {@code partition} has no like. */
    boolean lacksIndex(QualifiedName partition, QualifiedName partitioned) {
        return catalog.indexesOf(partitioned).stream()
                .anyMatch(wanted -> catalog.indexesOf(partition).stream().noneMatch(index -> isLike(index, wanted)));
    }

    private static boolean isLike(Index index, Index wanted) {
        return index.unique() == wanted.unique()
                && index.method().equals(wanted.method())
                && index.keys().equals(wanted.keys())
                && index.predicate().equals(wanted.predicate());
    }

    boolean isStored(QualifiedName table, String column) {
        return generation(table, column) == Column.Generation.STORED;
    }

    boolean isVirtual(QualifiedName table, String column) {
        return generation(table, column) == Column.Generation.VIRTUAL;
    }

    private Column.Generation generation(QualifiedName table, String column) {
        return table(table)
                .flatMap(known -> known.column(column).value())
                .map(Column::generation)
                .orElse(Column.Generation.NONE);
    }

    Stream<TableConstraint> constraints(QualifiedName table) {
        return table(table).stream().flatMap(known -> known.constraints().stream());
    }

    Stream<TableConstraint> foreignKeysOf(QualifiedName table) {
        return constraints(table).filter(constraint -> constraint.kind() == TableConstraint.Kind.FOREIGN_KEY);
    }

    /** The tables that foreign keys of {@code table} refer to, other than itself, and their partitions. */
    List<QualifiedName> referencedBy(QualifiedName table) {
        return referenced(table, key -> true);
    }

    /** The same, of the foreign keys that use {@code column}. */
    List<QualifiedName> referencedOver(QualifiedName table, String column) {
        return referenced(table, key -> key.columns().contains(column));
    }

    private List<QualifiedName> referenced(QualifiedName table, Predicate<TableConstraint> wanted) {
        return foreignKeysOf(table)
                .filter(wanted)
                .flatMap(key -> key.referenced().stream())
                .filter(parent -> !parent.equals(table))
                .flatMap(parent -> partitionTree(parent).stream())
                .distinct()
                .toList();
    }

    /** The other tables with a foreign key to {@code table}. */
    List<QualifiedName> referencing(QualifiedName table) {
        return referencing(table, key -> true);
    }

    /** The other tables whose foreign keys refer to {@code column} of the table. */
    List<QualifiedName> referencingOver(QualifiedName table, String column) {
        return referencing(table, key -> refersTo(table, key, column));
    }

    List<QualifiedName> validlyReferencingOver(QualifiedName table, String column) {
        return referencing(table, key -> key.isValid() && refersTo(table, key, column));
    }

    /** The other tables whose foreign keys refer to exactly these columns. */
    List<QualifiedName> referencingExactly(QualifiedName table, List<String> columns) {
        return referencing(
                table, key -> Set.copyOf(referencedColumns(table, key)).equals(Set.copyOf(columns)));
    }

    private List<QualifiedName> referencing(QualifiedName table, Predicate<TableConstraint> wanted) {
        return catalog.referencing(table).stream()
                .filter(child -> !child.name().equals(table))
                .filter(child -> child.constraints().stream()
                        .filter(key -> key.referenced().filter(table::equals).isPresent())
                        .anyMatch(wanted))
                .map(Table::name)
                .toList();
    }

    /** Every table that refers to {@code table}, directly or through others, and all below it. */
    List<QualifiedName> allReferencing(QualifiedName table) {
        Set<QualifiedName> found = new LinkedHashSet<>();
        collectReferencing(table, found);
        found.remove(table);
        return List.copyOf(found);
    }

    private void collectReferencing(QualifiedName table, Set<QualifiedName> found) {
        for (QualifiedName child : referencing(table)) {
            for (QualifiedName each : tree(child)) {
                if (found.add(each)) {
                    collectReferencing(each, found);
                }
            }
        }
    }

    private boolean refersTo(QualifiedName table, TableConstraint key, String column) {
        return referencedColumns(table, key).contains(column);
    }

    private List<String> referencedColumns(QualifiedName table, TableConstraint key) {
        List<String> columns =
                key.reference().map(TableConstraint.Reference::columns).orElse(List.of());
        return columns.isEmpty() ? primaryKeyColumns(table) : columns;
    }

    private List<String> primaryKeyColumns(QualifiedName table) {
        return table(table)
                .flatMap(Table::primaryKey)
                .map(TableConstraint::columns)
                .orElse(List.of());
    }

    /** The indexes that a foreign key relies on in the other table, and in its partitions. */
    List<QualifiedName> keyIndexes(TableConstraint key) {
        return key.index().map(this::indexTree).orElse(List.of());
    }

    List<QualifiedName> keyIndexesOver(QualifiedName table, String column) {
        return foreignKeysOf(table)
                .filter(key -> key.columns().contains(column))
                .flatMap(key -> keyIndexes(key).stream())
                .toList();
    }

    /** The indexes that a new foreign key will rely on. */
    List<QualifiedName> referencedIndexes(Constraint.ForeignKey key) {
        QualifiedName parent = catalog.resolve(key.referenced());
        if (key.referencedColumns().isEmpty()) {
            return table(parent).flatMap(Table::primaryKey).stream()
                    .flatMap(primary -> keyIndexes(primary).stream())
                    .toList();
        }
        List<String> columns = key.referencedColumns();
        return catalog.indexesOf(parent).stream()
                .filter(index -> index.unique()
                        && index.predicate().isEmpty()
                        && Set.copyOf(index.keyColumns()).equals(Set.copyOf(columns)))
                .findFirst()
                .map(index -> indexTree(index.name()))
                .orElse(List.of());
    }
}
