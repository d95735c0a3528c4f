package dev.lockstep.lock;

import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.catalog.TypeNames;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.AlterAction.AddColumn;
import dev.lockstep.sql.AlterAction.AddConstraint;
import dev.lockstep.sql.AlterAction.AddIdentity;
import dev.lockstep.sql.AlterAction.AlterColumnType;
import dev.lockstep.sql.AlterAction.AttachPartition;
import dev.lockstep.sql.AlterAction.DropColumn;
import dev.lockstep.sql.AlterAction.DropIdentity;
import dev.lockstep.sql.AlterAction.DropNotNull;
import dev.lockstep.sql.AlterAction.Inherit;
import dev.lockstep.sql.AlterAction.NoInherit;
import dev.lockstep.sql.AlterAction.SetIdentity;
import dev.lockstep.sql.AlterAction.SetNotNull;
import dev.lockstep.sql.Constraint;
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
                inherit("inherit-into-partition")
                        .when("of a partition", situation -> isPartition(situation.table()))
                        .fails("42809", Failure.When.ALWAYS, "cannot change inheritance of a partition")
                        .sample(World.MISFITS, "ALTER TABLE part INHERIT plain"),
                inherit("inherit-from-partitions")
                        .when(
                                "from a partitioned table or a partition",
                                situation -> isPartition(situation.table(parent(situation)))
                                        || situation.relations().isPartitioned(parent(situation)))
                        .fails("42809", Failure.When.ALWAYS, "cannot inherit from a partitioned table or a partition")
                        .sample(World.MISFITS, "ALTER TABLE plain INHERIT whole", "ALTER TABLE plain INHERIT part"),
                LockRow.of("no-inherit-of-partition", NoInherit.class, "ALTER TABLE … NO INHERIT", "sql-altertable")
                        .when("of a partition", situation -> isPartition(situation.table()))
                        .fails("42809", Failure.When.ALWAYS, "cannot change inheritance of a partition")
                        .sample(World.MISFITS, "ALTER TABLE part NO INHERIT whole"),
                inherit("inherit-missing-check")
                        .when(
                                "without a CHECK of the parent's",
                                situation -> lacksCheck(situation.table(parent(situation)), situation.table()))
                        .fails("42804", Failure.When.ALWAYS, "child table is missing a constraint")
                        .sample(World.MISFITS, "ALTER TABLE plain INHERIT strict"),
                attach("attach-partition-missing-check")
                        .when(
                                "without a CHECK of the table's",
                                situation -> lacksCheck(situation.table(), attached(situation)))
                        .fails("42804", Failure.When.ALWAYS, "child table is missing a constraint")
                        .sample(
                                World.MISFITS,
                                "ALTER TABLE checked ATTACH PARTITION plain FOR VALUES FROM (0) TO (10)"),
                LockRow.of(
                                "create-table-inherits-generated",
                                CreateTable.class,
                                "CREATE TABLE … INHERITS",
                                "sql-createtable")
                        .when(
                                "a generated column where the parent's is not",
                                situation -> CreateRows.isNew(situation)
                                        && !situation.subject().partitionOf()
                                        && generatesInherited(situation))
                        .since(PgVersion.V16)
                        .fails("42611", Failure.When.ALWAYS, "child column specifies generation expression")
                        .sample(
                                World.MISFITS,
                                "CREATE TABLE x (a int GENERATED ALWAYS AS (1) STORED) INHERITS (plain)"),
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
                LockRow.of("add-column-other-type", AddColumn.class, "ALTER TABLE … ADD COLUMN", "sql-altertable")
                        .when(
                                "that a child has with another type",
                                situation -> !situation.only()
                                        && situation
                                                .column(addedColumn(situation))
                                                .isAbsent()
                                        && situation
                                                .subject()
                                                .column()
                                                .type()
                                                .map(situation.catalog()::columnType)
                                                .filter(type -> isOtherBelow(situation, situation.target(), type))
                                                .isPresent())
                        .fails("42804", Failure.When.ALWAYS, "child table has different type for a column")
                        .sample(
                                World.INHERITED,
                                "ALTER TABLE parent ADD COLUMN b text",
                                "ALTER TABLE parent ADD COLUMN IF NOT EXISTS b text"),
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
                                situation -> CreateRows.isNew(situation)
                                        && !situation.subject().partitionOf()
                                        && redefinesType(situation))
                        .fails("42804", Failure.When.ALWAYS, "column has a type conflict")
                        .sample(World.MISFITS, "CREATE TABLE x (a text) INHERITS (plain)"));
    }

    private static String addedColumn(Situation<AddColumn> situation) {
        return situation.subject().column().name().name();
    }

    /** A child's own column takes the new one in, and what is below that child is left alone. */
    private static boolean isOtherBelow(Situation<AddColumn> situation, QualifiedName above, TypeName type) {
        return situation.catalog().childrenOf(above).stream()
                .anyMatch(child -> child.column(addedColumn(situation))
                        .value()
                        .map(own ->
                                own.type().filter(known -> isOther(known, type)).isPresent())
                        .orElseGet(() -> isOtherBelow(situation, child.name(), type)));
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

    private static boolean isPartition(Optional<Table> table) {
        return table.filter(Table::isPartition).isPresent();
    }

    private static boolean lacksCheck(Optional<Table> parent, Optional<Table> child) {
        return parent.stream()
                .flatMap(table -> table.constraints().stream())
                .filter(check -> check.kind() == TableConstraint.Kind.CHECK && !check.noInherit())
                .anyMatch(check -> child.filter(
                                table -> table.constraint(check.name()).isAbsent())
                        .isPresent());
    }

    private static boolean generatesInherited(Situation<CreateTable> situation) {
        return situation.subject().columns().stream()
                .filter(own -> own.generated().isPresent())
                .anyMatch(own -> situation.subject().parents().stream()
                        .flatMap(parent -> situation.table(situation.resolve(parent)).stream())
                        .flatMap(parent -> parent.column(own.name().name()).value().stream())
                        .anyMatch(inherited -> !inherited.generated()));
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
                                        .filter(bound -> CreateRows.isNew(situation))
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
                                                .isEmpty())
                        .until(PgVersion.V17)
                        .fails(
                                "42P16",
                                Failure.When.ALWAYS,
                                "cannot remove constraint from only the partitioned table when partitions exist")
                        .sample(
                                World.BARE,
                                "ALTER TABLE ONLY events ALTER at DROP NOT NULL",
                                "ALTER TABLE ONLY events ALTER id DROP NOT NULL"),
                LockRow.of(
                                "drop-not-null-of-partition",
                                DropNotNull.class,
                                "ALTER TABLE … DROP NOT NULL",
                                "sql-altertable")
                        .when(
                                "of a partition, where its table has it",
                                situation -> situation
                                        .relations()
                                        .partitionedParent(situation.target())
                                        .flatMap(situation::table)
                                        .flatMap(parent -> parent.column(
                                                        situation.subject().column())
                                                .value())
                                        .flatMap(Column::notNull)
                                        .orElse(false))
                        .fails("42P16", Failure.When.ALWAYS, "column is marked NOT NULL in parent table")
                        .sample(World.BARE, "ALTER TABLE events_1 ALTER at DROP NOT NULL"),
                LockRow.of(
                                "change-type-only",
                                AlterColumnType.class,
                                "ALTER TABLE ONLY … ALTER COLUMN … TYPE",
                                "sql-altertable")
                        .when(
                                "of a table with children",
                                situation -> situation.only()
                                        && !situation
                                                .relations()
                                                .descendants(situation.target())
                                                .isEmpty())
                        .fails(
                                "42P16",
                                Failure.When.ALWAYS,
                                "type of inherited column must be changed in child tables too")
                        .sample(World.BARE, "ALTER TABLE ONLY events ALTER id TYPE int"),
                LockRow.of(
                                "add-foreign-key-only",
                                AddConstraint.class,
                                "ALTER TABLE ONLY … ADD FOREIGN KEY",
                                "sql-altertable")
                        .when(
                                "to a partitioned table",
                                situation -> situation.only()
                                        && situation.isPartitioned()
                                        && situation.subject().constraint() instanceof Constraint.ForeignKey)
                        .fails("42809", Failure.When.ALWAYS, "cannot use ONLY for foreign key on partitioned table")
                        .sample(World.EVENTS, "ALTER TABLE ONLY events ADD FOREIGN KEY (kind) REFERENCES kinds"),
                LockRow.of(
                                "add-primary-key-only",
                                AddConstraint.class,
                                "ALTER TABLE ONLY … ADD PRIMARY KEY",
                                "sql-altertable")
                        .when(
                                "over a column that is not NOT NULL, to a table with children",
                                situation -> situation.only()
                                        && ConstraintRows.setsNotNull(situation)
                                        && !situation
                                                .relations()
                                                .descendants(situation.target())
                                                .isEmpty())
                        .fails("42P16", Failure.When.ALWAYS, "constraint must be added to child tables too")
                        .until(PgVersion.V17)
                        .sample(World.BARE, "ALTER TABLE ONLY events ADD PRIMARY KEY (id, at)"),
                LockRow.of(
                                "add-primary-key-only-18",
                                AddConstraint.class,
                                "ALTER TABLE ONLY … ADD PRIMARY KEY",
                                "sql-altertable")
                        .when(
                                "over a column that is not NOT NULL, to a partitioned table with partitions",
                                situation -> situation.only()
                                        && situation.isPartitioned()
                                        && ConstraintRows.setsNotNull(situation)
                                        && !situation
                                                .relations()
                                                .descendants(situation.target())
                                                .isEmpty())
                        .since(PgVersion.V18)
                        .fails("XX000", Failure.When.ALWAYS, "column of the partition is not marked NOT NULL")
                        .sample(World.BARE, "ALTER TABLE ONLY events ADD PRIMARY KEY (id, at)"),
                LockRow.of("set-identity-of-none", SetIdentity.class, "ALTER TABLE … SET GENERATED …", "sql-altertable")
                        .when(
                                "of a column without identity",
                                situation -> lacksIdentity(
                                        situation, situation.subject().column()))
                        .fails("55000", Failure.When.ALWAYS, "column is not an identity column")
                        .sample(World.SHOP, "ALTER TABLE orders ALTER id SET GENERATED ALWAYS")
                        .also(World.NUMBERED, "ALTER TABLE parts_1 ALTER k SET GENERATED BY DEFAULT"),
                LockRow.of("drop-identity-of-none", DropIdentity.class, "ALTER TABLE … DROP IDENTITY", "sql-altertable")
                        .when(
                                "of a column without identity",
                                situation -> !situation.subject().ifExists()
                                        && lacksIdentity(
                                                situation, situation.subject().column()))
                        .fails("55000", Failure.When.ALWAYS, "column is not an identity column")
                        .sample(World.SHOP, "ALTER TABLE orders ALTER id DROP IDENTITY")
                        .also(World.NUMBERED, "ALTER TABLE parts_1 ALTER k DROP IDENTITY"),
                ofPartition("add-identity-to-partition", AddIdentity.class, "ADD GENERATED … AS IDENTITY")
                        .sample(World.NUMBERED, "ALTER TABLE parts_1 ALTER id ADD GENERATED ALWAYS AS IDENTITY"),
                ofPartition("set-identity-of-partition", SetIdentity.class, "SET GENERATED …")
                        .sample(World.NUMBERED, "ALTER TABLE parts_1 ALTER k SET GENERATED BY DEFAULT"),
                ofPartition("drop-identity-of-partition", DropIdentity.class, "DROP IDENTITY")
                        .sample(World.NUMBERED, "ALTER TABLE parts_1 ALTER k DROP IDENTITY"),
                attach("attach-partition-identity")
                        .when(
                                "with an identity column of its own",
                                situation -> attached(situation).stream()
                                        .flatMap(table -> table.columns().stream())
                                        .anyMatch(Column::identity))
                        .since(PgVersion.V17)
                        .fails("55000", Failure.When.ALWAYS, "table being attached contains an identity column")
                        .sample(
                                World.NUMBERED,
                                "ALTER TABLE parts ATTACH PARTITION counted FOR VALUES FROM (20) TO (30)"),
                LockRow.of("set-not-null-only", SetNotNull.class, "ALTER TABLE ONLY … SET NOT NULL", "sql-altertable")
                        .when(
                                "of a partitioned table, where a partition's column is not NOT NULL",
                                situation -> situation.only()
                                        && situation.isPartitioned()
                                        && situation.catalog().childrenOf(situation.target()).stream()
                                                .flatMap(partition ->
                                                        partition
                                                                .column(situation
                                                                        .subject()
                                                                        .column())
                                                                .value()
                                                                .stream())
                                                .anyMatch(column ->
                                                        !column.notNull().orElse(true)))
                        .fails("42P16", Failure.When.ALWAYS, "constraint must be added to child tables too")
                        .sample(World.BARE, "ALTER TABLE ONLY events ALTER id SET NOT NULL"),
                LockRow.of("drop-column-only", DropColumn.class, "ALTER TABLE ONLY … DROP COLUMN", "sql-altertable")
                        .when(
                                "of a partitioned table with partitions",
                                situation -> situation.only()
                                        && situation.isPartitioned()
                                        && !situation
                                                .column(situation.subject().column())
                                                .isAbsent()
                                        && !situation
                                                .relations()
                                                .descendants(situation.target())
                                                .isEmpty())
                        .fails(
                                "42P16",
                                Failure.When.ALWAYS,
                                "cannot drop column from only the partitioned table when partitions exist")
                        .sample(World.BARE, "ALTER TABLE ONLY events DROP COLUMN id"));
    }

    /** Before 17 a partition's column has no identity but that of a sequence of its own. */
    static boolean lacksIdentity(Situation<?> situation, String name) {
        Optional<Column> column = situation.column(name).value();
        boolean shared = isPartition(situation.table())
                && !situation.version().isAtLeast(PgVersion.V17)
                && situation.dependents().sequencesOf(situation.target(), name).isEmpty();
        return column.filter(known -> shared || known.type().isPresent() && !known.identity())
                .isPresent();
    }

    /** Partitions share the identity of their table from 17 on. */
    private static <S extends AlterAction> LockRow.Builder<S> ofPartition(String id, Class<S> action, String form) {
        return LockRow.of(id, action, "ALTER TABLE … " + form, "sql-altertable")
                .when("of a partition", situation -> isPartition(situation.table()))
                .since(PgVersion.V17)
                .fails("42P16", Failure.When.ALWAYS, "cannot change identity of a column of a partition");
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
