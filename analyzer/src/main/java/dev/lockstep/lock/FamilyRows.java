package dev.lockstep.lock;

import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TypeNames;
import dev.lockstep.sql.AlterAction.AttachPartition;
import dev.lockstep.sql.AlterAction.DropNotNull;
import dev.lockstep.sql.AlterAction.Inherit;
import dev.lockstep.sql.AlterAction.NoInherit;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.PartitionBound;
import dev.lockstep.sql.Statement.CreateTable;
import dev.lockstep.sql.TypeName;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Statements that fail because a table can't stand above or below another. */
final class FamilyRows {

    private FamilyRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(inheritance(), partitions());
    }

    private static LockRow.Builder<Inherit> inherit(String id) {
        return LockRow.of(id, Inherit.class, "ALTER TABLE … INHERIT", "sql-altertable");
    }

    private static List<LockRow<?>> inheritance() {
        return List.of(
                inherit("inherit-into-partitioned")
                        .when("of a partitioned table", Situation::isPartitioned)
                        .fails("42809", Failure.When.ALWAYS, "cannot change inheritance of partitioned table")
                        .sample(World.EVENTS, "ALTER TABLE events INHERIT loose"),
                inherit("inherit-circular")
                        .when(
                                "from itself or a table below it",
                                situation -> situation
                                        .relations()
                                        .tree(situation.target())
                                        .contains(parent(situation)))
                        .fails("42P07", Failure.When.ALWAYS, "circular inheritance not allowed")
                        .sample(
                                World.INHERITED,
                                "ALTER TABLE parent INHERIT parent",
                                "ALTER TABLE parent INHERIT child"),
                inherit("inherit-twice")
                        .when(
                                "from a table that it inherits from",
                                situation -> situation
                                        .table()
                                        .filter(table -> table.parents().contains(parent(situation)))
                                        .isPresent())
                        .fails("42P07", Failure.When.ALWAYS, "relation would be inherited from more than once")
                        .sample(World.INHERITED, "ALTER TABLE child INHERIT parent"),
                inherit("inherit-other-type")
                        .when(
                                "with a column of another type than the parent's",
                                situation -> anyPair(
                                        situation.table(parent(situation)),
                                        situation.table(),
                                        FamilyRows::isOfOtherType))
                        .fails("42804", Failure.When.ALWAYS, "child table has different type for a column")
                        .sample(World.MISFITS, "ALTER TABLE retyped INHERIT plain"),
                inherit("inherit-nullable")
                        .when(
                                "with a nullable column where the parent's is NOT NULL",
                                situation -> anyPair(
                                        situation.table(parent(situation)), situation.table(), FamilyRows::isNullable))
                        .fails("42804", Failure.When.ALWAYS, "column in child table must be marked NOT NULL")
                        .sample(World.MISFITS, "ALTER TABLE nullable INHERIT plain"),
                LockRow.of("no-inherit-from-stranger", NoInherit.class, "ALTER TABLE … NO INHERIT", "sql-altertable")
                        .when(
                                "from a table that it does not inherit from",
                                situation -> situation
                                        .table()
                                        .filter(table -> table.complete()
                                                && situation
                                                        .table(situation.resolve(situation
                                                                .subject()
                                                                .parent()))
                                                        .isPresent()
                                                && !table.parents()
                                                        .contains(situation.resolve(situation
                                                                .subject()
                                                                .parent())))
                                        .isPresent())
                        .fails("42P01", Failure.When.ALWAYS, "relation is not a parent")
                        .sample(World.INHERITED, "ALTER TABLE other NO INHERIT parent"),
                LockRow.of(
                                "create-table-inherits-other-type",
                                CreateTable.class,
                                "CREATE TABLE … INHERITS",
                                "sql-createtable")
                        .when(
                                "a column of another type than the parent's",
                                situation -> !situation.subject().partitionOf() && redefinesType(situation))
                        .fails("42804", Failure.When.ALWAYS, "column has a type conflict")
                        .sample(World.MISFITS, "CREATE TABLE x (a text) INHERITS (plain)"));
    }

    private static QualifiedName parent(Situation<Inherit> situation) {
        return situation.resolve(situation.subject().parent());
    }

    /** Whether some column of the parent has its like in the child and the two don't fit. */
    private static boolean anyPair(Optional<Table> parent, Optional<Table> child, BiPredicate<Column, Column> misfit) {
        return parent.stream()
                .flatMap(table -> table.columns().stream())
                .anyMatch(column -> child.flatMap(
                                table -> table.column(column.name()).value())
                        .filter(own -> misfit.test(column, own))
                        .isPresent());
    }

    private static boolean isOfOtherType(Column parent, Column child) {
        return parent.type().isPresent()
                && child.type().isPresent()
                && isOther(parent.type().get(), child.type().get());
    }

    private static boolean isOther(TypeName one, TypeName other) {
        return !TypeNames.format(one).equals(TypeNames.format(other));
    }

    private static boolean isNullable(Column parent, Column child) {
        return parent.notNull().orElse(false) && !child.notNull().orElse(true);
    }

    private static boolean redefinesType(Situation<CreateTable> situation) {
        return situation.subject().parents().stream()
                .flatMap(parent -> situation.table(situation.resolve(parent)).stream())
                .flatMap(parent -> parent.columns().stream())
                .anyMatch(inherited -> situation.subject().columns().stream()
                        .filter(own -> own.name().name().equals(inherited.name()))
                        .flatMap(own -> own.type().stream())
                        .anyMatch(type -> inherited
                                .type()
                                .filter(known ->
                                        isOther(known, situation.catalog().columnType(type)))
                                .isPresent()));
    }

    private static LockRow.Builder<AttachPartition> attach(String id) {
        return LockRow.of(id, AttachPartition.class, "ALTER TABLE … ATTACH PARTITION", "sql-altertable");
    }

    private static List<LockRow<?>> partitions() {
        return List.of(
                attach("attach-partition-other-columns")
                        .when(
                                "without a column of the partitioned table's, or with one more",
                                situation -> situation.subject().bound().isPresent()
                                        && (lacksColumn(situation.table(), attached(situation))
                                                || lacksColumn(attached(situation), situation.table())))
                        .fails("42804", Failure.When.ALWAYS, "the partition's columns are not those of its table")
                        .sample(
                                World.MISFITS,
                                "ALTER TABLE whole ATTACH PARTITION wide FOR VALUES FROM (0) TO (10)",
                                "ALTER TABLE whole ATTACH PARTITION narrow FOR VALUES FROM (0) TO (10)"),
                attach("attach-partition-other-type")
                        .when(
                                "with a column of another type",
                                situation -> anyPair(situation.table(), attached(situation), FamilyRows::isOfOtherType))
                        .fails("42804", Failure.When.ALWAYS, "the partition has different type for a column")
                        .sample(
                                World.MISFITS,
                                "ALTER TABLE whole ATTACH PARTITION retyped FOR VALUES FROM (0) TO (10)"),
                attach("attach-partition-nullable")
                        .when(
                                "with a nullable column where the table's is NOT NULL",
                                situation -> anyPair(situation.table(), attached(situation), FamilyRows::isNullable))
                        .fails("42804", Failure.When.ALWAYS, "column in child table must be marked NOT NULL")
                        .sample(
                                World.MISFITS,
                                "ALTER TABLE whole ATTACH PARTITION nullable FOR VALUES FROM (0) TO (10)"),
                attach("attach-partition-twice")
                        .when(
                                "of a partition",
                                situation -> attached(situation)
                                        .filter(Table::isPartition)
                                        .isPresent())
                        .fails("42809", Failure.When.ALWAYS, "it is already a partition")
                        .sample(World.MISFITS, "ALTER TABLE whole ATTACH PARTITION part FOR VALUES FROM (0) TO (10)"),
                attach("attach-partition-overlap")
                        .when(
                                "over values of another partition",
                                situation -> situation
                                        .subject()
                                        .bound()
                                        .filter(bound -> overlaps(situation, situation.target(), bound))
                                        .isPresent())
                        .fails("42P17", Failure.When.ALWAYS, "partition would overlap another")
                        .sample(
                                World.MISFITS,
                                "ALTER TABLE whole ATTACH PARTITION plain FOR VALUES FROM (105) TO (110)"),
                LockRow.of(
                                "create-partition-overlap",
                                CreateTable.class,
                                "CREATE TABLE … PARTITION OF",
                                "sql-createtable")
                        .when(
                                "over values of another partition",
                                situation -> situation
                                        .subject()
                                        .bound()
                                        .filter(bound -> situation.subject().parents().stream()
                                                .anyMatch(parent ->
                                                        overlaps(situation, situation.resolve(parent), bound)))
                                        .isPresent())
                        .fails("42P17", Failure.When.ALWAYS, "partition would overlap another")
                        .sample(
                                World.MISFITS,
                                "CREATE TABLE x PARTITION OF whole FOR VALUES FROM (0) TO (101)",
                                "CREATE TABLE x PARTITION OF split DEFAULT"),
                LockRow.of(
                                "drop-not-null-only",
                                DropNotNull.class,
                                "ALTER TABLE ONLY … DROP NOT NULL",
                                "sql-altertable")
                        .when(
                                "of a partitioned table with partitions",
                                situation -> situation.only()
                                        && situation.isPartitioned()
                                        && !situation
                                                .relations()
                                                .descendants(situation.target())
                                                .isEmpty()
                                        && situation
                                                .column(situation.subject().column())
                                                .value()
                                                .flatMap(Column::notNull)
                                                .orElse(true))
                        .until(PgVersion.V17)
                        .fails(
                                "42P16",
                                Failure.When.ALWAYS,
                                "cannot remove constraint from only the partitioned table when partitions exist")
                        .sample(World.BARE, "ALTER TABLE ONLY events ALTER at DROP NOT NULL"));
    }

    private static Optional<Table> attached(Situation<AttachPartition> situation) {
        return situation.table(situation.resolve(situation.subject().partition()));
    }

    private static boolean lacksColumn(Optional<Table> one, Optional<Table> other) {
        return one.stream()
                .flatMap(table -> table.columns().stream())
                .anyMatch(column -> other.filter(
                                table -> table.column(column.name()).isAbsent())
                        .isPresent());
    }

    private static boolean overlaps(Situation<?> situation, QualifiedName parent, PartitionBound bound) {
        return situation.catalog().childrenOf(parent).stream()
                .filter(partition -> !partition.name().equals(situation.target()))
                .flatMap(partition -> partition.partitioning().bound().stream())
                .anyMatch(known -> overlap(known, bound));
    }

    /** Ranges of whole numbers, and default partitions; of other bounds nothing is said. */
    private static boolean overlap(PartitionBound one, PartitionBound other) {
        if (one instanceof PartitionBound.Default && other instanceof PartitionBound.Default) {
            return true;
        }
        if (!(one instanceof PartitionBound.FromTo first) || !(other instanceof PartitionBound.FromTo second)) {
            return false;
        }
        return isBelow(first.from(), second.to()) && isBelow(second.from(), first.to());
    }

    private static boolean isBelow(List<Expression> from, List<Expression> to) {
        Optional<BigInteger> low = number(from);
        Optional<BigInteger> high = number(to);
        return low.isPresent() && high.isPresent() && low.get().compareTo(high.get()) < 0;
    }

    private static Optional<BigInteger> number(List<Expression> values) {
        return values.size() == 1
                        && values.get(0) instanceof Expression.Literal literal
                        && literal.kind() == Expression.Literal.Kind.NUMBER
                        && literal.text().chars().allMatch(Character::isDigit)
                ? Optional.of(new BigInteger(literal.text()))
                : Optional.empty();
    }
}
