package dev.lockstep.lock;

import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Lookup;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.sql.AlterAction.AddConstraint;
import dev.lockstep.sql.AlterAction.AttachPartition;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.PartitionBound;
import dev.lockstep.sql.PartitionKey;
import dev.lockstep.sql.Statement.CreateTable;
import dev.lockstep.sql.TypeName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys, foreign keys and partitions that don't fit the tables they are for. */
final class KeyMistakeRows {

    /** Types of different groups have no operator that a foreign key could compare them by. */
    private static final List<Set<String>> COMPARABLE = List.of(
            Set.of("int2", "int4", "int8", "numeric", "float4", "float8"),
            Set.of("text", "varchar", "bpchar"),
            Set.of("uuid"),
            Set.of("bool"),
            Set.of("date", "timestamp", "timestamptz"));

    private KeyMistakeRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(columns(), references(), partitions());
    }

    private static List<LockRow<?>> columns() {
        return List.of(
                LockRow.of(
                                "key-column-twice",
                                AddConstraint.class,
                                "ALTER TABLE … ADD UNIQUE or PRIMARY KEY",
                                "sql-altertable")
                        .when(
                                "a column twice",
                                situation -> hasDuplicate(
                                        keyColumns(situation.subject().constraint())))
                        .fails("42701", Failure.When.ALWAYS, "column appears twice in the constraint")
                        .sample(World.SHOP, "ALTER TABLE orders ADD UNIQUE (note, note)"),
                LockRow.of("create-table-column-twice", CreateTable.class, "CREATE TABLE", "sql-createtable")
                        .when(
                                "a column twice, in the table or in a key",
                                situation -> hasDuplicate(situation.subject().columns().stream()
                                                .map(column -> column.name().name())
                                                .toList())
                                        || situation.subject().constraints().stream()
                                                .anyMatch(constraint -> hasDuplicate(keyColumns(constraint))))
                        .fails("42701", Failure.When.ALWAYS, "column specified more than once")
                        .sample(
                                World.SHOP,
                                "CREATE TABLE twice (a int, b int, a text)",
                                "CREATE TABLE twice (a int, b int, UNIQUE (b, b))"));
    }

    private static List<String> keyColumns(Constraint constraint) {
        if (constraint instanceof Constraint.Unique unique) {
            return unique.columns();
        }
        return constraint instanceof Constraint.PrimaryKey key ? key.columns() : List.of();
    }

    private static boolean hasDuplicate(List<String> columns) {
        return new HashSet<>(columns).size() < columns.size();
    }

    private static List<LockRow<?>> references() {
        return List.of(
                LockRow.of(
                                "foreign-key-without-key",
                                AddConstraint.class,
                                "ALTER TABLE … ADD FOREIGN KEY",
                                "sql-altertable")
                        .when(
                                "the columns referred to are no key",
                                situation -> foreignKey(situation)
                                        .filter(key -> !key.referencedColumns().isEmpty())
                                        .filter(key -> isNoKey(situation, key))
                                        .isPresent())
                        .fails(
                                "42830",
                                Failure.When.ALWAYS,
                                "there is no unique constraint for the columns referred to")
                        .sample(World.SHOP, "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES alone (a)"),
                LockRow.of("foreign-key-types", AddConstraint.class, "ALTER TABLE … ADD FOREIGN KEY", "sql-altertable")
                        .when(
                                "types that can't be compared",
                                situation -> foreignKey(situation)
                                        .filter(key -> !isNoKey(situation, key))
                                        .filter(key -> isIncomparable(situation, key))
                                        .isPresent())
                        .fails("42804", Failure.When.ALWAYS, "the foreign key's types can't be compared")
                        .sample(World.SHOP, "ALTER TABLE orders ADD FOREIGN KEY (note) REFERENCES customers (id)"));
    }

    private static Optional<Constraint.ForeignKey> foreignKey(Situation<AddConstraint> situation) {
        return situation.subject().constraint() instanceof Constraint.ForeignKey key
                ? Optional.of(key)
                : Optional.empty();
    }

    private static Optional<Table> referenced(Situation<AddConstraint> situation, Constraint.ForeignKey key) {
        return situation
                .catalog()
                .table(situation.resolve(key.referenced()))
                .value()
                .filter(Table::complete);
    }

    private static boolean isNoKey(Situation<AddConstraint> situation, Constraint.ForeignKey key) {
        Set<String> wanted = Set.copyOf(key.referencedColumns());
        return referenced(situation, key)
                .filter(table -> wanted.stream()
                        .allMatch(column -> table.column(column).value().isPresent()))
                .filter(table -> table.constraints().stream()
                        .filter(constraint -> constraint.kind() == TableConstraint.Kind.PRIMARY_KEY
                                || constraint.kind() == TableConstraint.Kind.UNIQUE)
                        .noneMatch(
                                constraint -> Set.copyOf(constraint.columns()).equals(wanted)))
                .filter(table -> situation.catalog().indexesOf(table.name()).stream()
                        .noneMatch(index ->
                                index.unique() && Set.copyOf(index.keyColumns()).equals(wanted)))
                .isPresent();
    }

    private static boolean isIncomparable(Situation<AddConstraint> situation, Constraint.ForeignKey key) {
        Optional<Table> parent = referenced(situation, key);
        List<String> referenced = key.referencedColumns().isEmpty()
                ? parent.flatMap(Table::primaryKey)
                        .map(TableConstraint::columns)
                        .orElse(List.of())
                : key.referencedColumns();
        if (parent.isEmpty() || referenced.size() != key.columns().size()) {
            return false;
        }
        for (int i = 0; i < referenced.size(); i++) {
            Optional<Set<String>> child = group(situation.column(key.columns().get(i)));
            Optional<Set<String>> other = group(parent.get().column(referenced.get(i)));
            if (child.isPresent() && other.isPresent() && !child.equals(other)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Set<String>> group(Lookup<Column> column) {
        return column.value().flatMap(Column::type).filter(type -> type.arrayDimensions() == 0).stream()
                .filter(TypeChange::isBuiltIn)
                .map(TypeName::name)
                .flatMap(name -> COMPARABLE.stream().filter(group -> group.contains(name)))
                .findFirst();
    }

    private static List<LockRow<?>> partitions() {
        return List.of(
                LockRow.of(
                                "create-partition-strategy",
                                CreateTable.class,
                                "CREATE TABLE … PARTITION OF",
                                "sql-createtable")
                        .when(
                                "bounds of another kind than the partitioned table's",
                                situation -> situation.subject().bound().stream()
                                        .anyMatch(bound -> !fits(
                                                bound,
                                                situation.resolve(situation
                                                        .subject()
                                                        .parents()
                                                        .get(0)),
                                                situation)))
                        .fails("42P16", Failure.When.ALWAYS, "the bounds don't fit how the table is partitioned")
                        .sample(World.EVENTS, "CREATE TABLE events_x PARTITION OF events FOR VALUES IN ('2029-01-01')"),
                LockRow.of(
                                "attach-partition-strategy",
                                AttachPartition.class,
                                "ALTER TABLE … ATTACH PARTITION",
                                "sql-altertable")
                        .when(
                                "bounds of another kind than the partitioned table's",
                                situation -> situation.subject().bound().stream()
                                        .anyMatch(bound -> !fits(bound, situation.target(), situation)))
                        .fails("42P16", Failure.When.ALWAYS, "the bounds don't fit how the table is partitioned")
                        .sample(
                                World.CITIES,
                                "ALTER TABLE cities ATTACH PARTITION loose FOR VALUES FROM ('a') TO ('b')"),
                LockRow.of(
                                "key-using-index-partitioned",
                                AddConstraint.class,
                                "ALTER TABLE … USING INDEX",
                                "sql-altertable")
                        .when(
                                "a partitioned table",
                                situation -> situation.isPartitioned()
                                        && ConstraintRows.usedIndex(situation).isPresent())
                        .fails("0A000", Failure.When.ALWAYS, "USING INDEX is not supported on partitioned tables")
                        .sample(World.RESERVED, "ALTER TABLE events ADD CONSTRAINT k UNIQUE USING INDEX events_key"));
    }

    private static boolean fits(PartitionBound bound, QualifiedName parent, Situation<?> situation) {
        Optional<PartitionKey.Strategy> strategy = situation
                .catalog()
                .table(parent)
                .value()
                .flatMap(table -> table.partitioning().key())
                .map(PartitionKey::strategy);
        return strategy.isEmpty()
                || switch (strategy.get()) {
                    case LIST -> bound instanceof PartitionBound.In || bound instanceof PartitionBound.Default;
                    case RANGE -> bound instanceof PartitionBound.FromTo || bound instanceof PartitionBound.Default;
                    case HASH -> bound instanceof PartitionBound.Hash;
                };
    }
}
