package dev.lockstep.lock;

import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Index;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.sql.AlterAction.AddConstraint;
import dev.lockstep.sql.AlterAction.AlterColumnType;
import dev.lockstep.sql.AlterAction.ColumnSetting;
import dev.lockstep.sql.AlterAction.DropColumn;
import dev.lockstep.sql.AlterAction.DropConstraint;
import dev.lockstep.sql.AlterAction.Inherit;
import dev.lockstep.sql.AlterAction.StorageParameters;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Identifier;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement.Drop;
import dev.lockstep.sql.Statement.Rename;
import dev.lockstep.sql.Statement.SetSchema;
import dev.lockstep.sql.Statement.Update;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Statements that the schema alone tells to fail. */
final class MistakeRows {

    private MistakeRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(inherited(), constraints(), others());
    }

    private static <S> LockRow.Builder<S> row(String id, Class<S> subject, String form) {
        return LockRow.of(id, subject, form, "sql-altertable");
    }

    private static List<LockRow<?>> inherited() {
        return List.of(
                row("drop-inherited-column", DropColumn.class, "ALTER TABLE … DROP COLUMN")
                        .when(
                                "a column of the parent's",
                                situation -> isInherited(
                                        situation, situation.subject().column()))
                        .fails("42P16", Failure.When.ALWAYS, "cannot drop inherited column")
                        .sample(World.NESTED, "ALTER TABLE e1a DROP COLUMN id"),
                row("alter-inherited-column", AlterColumnType.class, "ALTER TABLE … ALTER COLUMN … TYPE")
                        .when(
                                "a column of the parent's",
                                situation -> isInherited(
                                        situation, situation.subject().column()))
                        .fails("42P16", Failure.When.ALWAYS, "cannot alter inherited column")
                        .sample(World.NESTED, "ALTER TABLE e1a ALTER id TYPE bigint"),
                row("rename-inherited-column", Rename.class, "ALTER TABLE … RENAME COLUMN")
                        .when(
                                "a column of the parent's",
                                situation -> situation.subject().kind() == ObjectKind.COLUMN
                                        && situation
                                                .subject()
                                                .part()
                                                .filter(column -> isInherited(situation, column))
                                                .isPresent())
                        .fails("42P16", Failure.When.ALWAYS, "cannot rename inherited column")
                        .sample(World.NESTED, "ALTER TABLE e1a RENAME COLUMN id TO other"),
                row("alter-partition-key", AlterColumnType.class, "ALTER TABLE … ALTER COLUMN … TYPE")
                        .when(
                                "a column of the partition key",
                                situation -> situation.tree().stream()
                                        .anyMatch(table -> keyColumns(situation, table)
                                                .contains(situation.subject().column())))
                        .fails("42P16", Failure.When.ALWAYS, "cannot alter a column of the partition key")
                        .sample(
                                World.NESTED,
                                "ALTER TABLE e ALTER r TYPE varchar",
                                "ALTER TABLE e ALTER at TYPE timestamp"),
                row("drop-partition-key", DropColumn.class, "ALTER TABLE … DROP COLUMN")
                        .when(
                                "a column of the partition key",
                                situation -> keyColumns(situation, situation.target())
                                        .contains(situation.subject().column()))
                        .fails("42P16", Failure.When.ALWAYS, "cannot drop a column of the partition key")
                        .sample(World.NESTED, "ALTER TABLE e DROP COLUMN at"),
                row("drop-inherited-constraint", DropConstraint.class, "ALTER TABLE … DROP CONSTRAINT")
                        .when(
                                "a constraint of the parent's",
                                situation -> situation
                                        .constraint(situation.subject().name())
                                        .filter(constraint -> !constraint.local())
                                        .isPresent())
                        .fails("42P16", Failure.When.ALWAYS, "cannot drop inherited constraint")
                        .sample(World.EVENTS, "ALTER TABLE events_1 DROP CONSTRAINT events_kind_fkey")
                        .also(World.INHERITED, "ALTER TABLE child DROP CONSTRAINT small"),
                row("add-check-only", AddConstraint.class, "ALTER TABLE ONLY … ADD CHECK")
                        .when(
                                "a table with children, without NO INHERIT",
                                situation -> situation.only()
                                        && situation.subject().constraint() instanceof Constraint.Check check
                                        && !check.noInherit()
                                        && !situation
                                                .relations()
                                                .descendants(situation.target())
                                                .isEmpty())
                        .fails("42P16", Failure.When.ALWAYS, "constraint must be added to child tables too")
                        .sample(World.EVENTS, "ALTER TABLE ONLY events ADD CHECK (id > 0)"));
    }

    private static boolean isInherited(Situation<?> situation, String column) {
        boolean above = situation.table().stream()
                .flatMap(table -> table.parents().stream())
                .flatMap(parent -> situation.table(parent).stream())
                .anyMatch(parent -> parent.column(column).value().isPresent());
        return situation
                .column(column)
                .value()
                .filter(known -> above || !known.local())
                .isPresent();
    }

    private static List<String> keyColumns(Situation<?> situation, QualifiedName table) {
        return situation
                .relations()
                .table(table)
                .flatMap(known -> known.partitioning().key())
                .map(key -> key.keys().stream()
                        .flatMap(part -> part.column().stream())
                        .toList())
                .orElse(List.of());
    }

    private static List<LockRow<?>> constraints() {
        return List.of(
                row("second-primary-key", AddConstraint.class, "ALTER TABLE … ADD PRIMARY KEY")
                        .when(
                                "the table has one",
                                situation -> situation.subject().constraint() instanceof Constraint.PrimaryKey
                                        && situation
                                                .table()
                                                .flatMap(Table::primaryKey)
                                                .isPresent())
                        .fails("42P16", Failure.When.ALWAYS, "multiple primary keys are not allowed")
                        .sample(World.KEYS, "ALTER TABLE p ADD PRIMARY KEY (other)"),
                row("constraint-exists", AddConstraint.class, "ALTER TABLE … ADD CONSTRAINT")
                        .when(
                                "a CHECK or foreign key of that name exists",
                                situation -> isCondition(situation.subject().constraint())
                                        && situation
                                                .subject()
                                                .constraint()
                                                .name()
                                                .map(Identifier::name)
                                                .flatMap(situation::constraint)
                                                .isPresent())
                        .fails("42710", Failure.When.ALWAYS, "constraint already exists")
                        .sample(World.CHECKED, "ALTER TABLE t ADD CONSTRAINT t_a_check CHECK (a <> 'x')"),
                row("second-not-null", AddConstraint.class, "ALTER TABLE … ADD NOT NULL")
                        .when(
                                "the column has one of another name",
                                situation -> situation.subject().constraint() instanceof Constraint.NotNull added
                                        && situation
                                                .relations()
                                                .constraints(situation.target())
                                                .filter(known -> known.kind() == TableConstraint.Kind.NOT_NULL
                                                        && known.columns().equals(List.of(added.column())))
                                                .anyMatch(known -> added.name()
                                                        .filter(name ->
                                                                !name.name().equals(known.name()))
                                                        .isPresent()))
                        .since(PgVersion.V18)
                        .fails("55000", Failure.When.ALWAYS, "cannot create not-null constraint")
                        .sample(World.PROOF, "ALTER TABLE t ADD CONSTRAINT nn NOT NULL d"),
                row("unique-without-partition-key", AddConstraint.class, "ALTER TABLE … ADD UNIQUE or PRIMARY KEY")
                        .when(
                                "without a column of the partition key",
                                situation -> uniqueColumns(situation.subject().constraint())
                                        .filter(columns -> situation.tree().stream()
                                                .anyMatch(table -> !columns.containsAll(keyColumns(situation, table))))
                                        .isPresent())
                        .fails(
                                "0A000",
                                Failure.When.ALWAYS,
                                "unique constraint on partitioned table must include all partitioning columns")
                        .sample(
                                World.NESTED,
                                "ALTER TABLE e ADD PRIMARY KEY (id, at)",
                                "ALTER TABLE e ADD UNIQUE (id)"),
                row(
                                "unique-index-without-partition-key",
                                dev.lockstep.sql.Statement.CreateIndex.class,
                                "CREATE UNIQUE INDEX")
                        .when(
                                "without a column of the partition key",
                                situation -> situation.subject().unique()
                                        && situation.tree().stream()
                                                .anyMatch(table -> !situation.subject().keys().stream()
                                                        .flatMap(key -> key.column().stream())
                                                        .toList()
                                                        .containsAll(keyColumns(situation, table))))
                        .fails(
                                "0A000",
                                Failure.When.ALWAYS,
                                "unique constraint on partitioned table must include all partitioning columns")
                        .sample(
                                World.NESTED,
                                "CREATE UNIQUE INDEX u ON e (id)",
                                "CREATE UNIQUE INDEX u ON ONLY e (id)"),
                row("key-using-plain-index", AddConstraint.class, "ALTER TABLE … USING INDEX")
                        .when(
                                "an index that is not unique",
                                situation -> usedIndex(situation)
                                        .filter(index -> !index.unique())
                                        .isPresent())
                        .fails("42809", Failure.When.ALWAYS, "index is not unique")
                        .sample(World.SHOP, "ALTER TABLE lines ADD CONSTRAINT k UNIQUE USING INDEX lines_sku"));
    }

    private static boolean isCondition(Constraint constraint) {
        return constraint instanceof Constraint.Check || constraint instanceof Constraint.ForeignKey;
    }

    private static Optional<Collection<String>> uniqueColumns(Constraint constraint) {
        if (constraint instanceof Constraint.Unique unique
                && unique.usingIndex().isEmpty()) {
            return Optional.of(Set.copyOf(unique.columns()));
        }
        return constraint instanceof Constraint.PrimaryKey key
                        && key.usingIndex().isEmpty()
                ? Optional.of(Set.copyOf(key.columns()))
                : Optional.empty();
    }

    private static Optional<Index> usedIndex(Situation<AddConstraint> situation) {
        return ConstraintRows.usedIndex(situation)
                .flatMap(name -> situation.catalog().index(name).value());
    }

    private static List<LockRow<?>> others() {
        return List.of(
                LockRow.of("update-column-twice", Update.class, "UPDATE … SET", "sql-update")
                        .when("a column is set twice", situation -> setsTwice(situation.subject()))
                        .fails("42601", Failure.When.ALWAYS, "multiple assignments to same column")
                        .sample(World.SHOP, "UPDATE alone SET a = 1, a = 2"),
                row("inherit-missing-column", Inherit.class, "ALTER TABLE … INHERIT")
                        .when(
                                "without a column of the parent's",
                                situation -> situation
                                        .relations()
                                        .table(situation.resolve(
                                                situation.subject().parent()))
                                        .filter(parent -> parent.columns().stream()
                                                .map(Column::name)
                                                .anyMatch(column ->
                                                        situation.column(column).isAbsent()))
                                        .isPresent())
                        .fails("42804", Failure.When.ALWAYS, "child table is missing a column")
                        .sample(World.SHOP, "ALTER TABLE orders INHERIT alone"),
                row("set-parameters-partitioned-index", StorageParameters.class, "ALTER INDEX … SET (…)")
                        .when(
                                "the index of a partitioned table",
                                situation -> situation.relations().tableOf(situation.target()).stream()
                                        .anyMatch(situation.relations()::isPartitioned))
                        .fails("42809", Failure.When.ALWAYS, "not supported for partitioned indexes")
                        .sample(World.NESTED, "ALTER INDEX e_id SET (fillfactor = 50)"),
                row("index-statistics-of-column", ColumnSetting.class, "ALTER INDEX … SET STATISTICS")
                        .when("of a key that is a column", situation -> isPlainKey(situation))
                        .fails("0A000", Failure.When.ALWAYS, "cannot alter statistics on non-expression column")
                        .sample(World.SHOP, "ALTER INDEX orders_pkey ALTER COLUMN 1 SET STATISTICS 10"),
                row("move-owned-sequence", SetSchema.class, "ALTER SEQUENCE … SET SCHEMA")
                        .when(
                                "a sequence that belongs to a column",
                                situation -> situation
                                        .catalog()
                                        .sequence(situation.target())
                                        .value()
                                        .filter(sequence -> sequence.owner().isPresent())
                                        .isPresent())
                        .fails("0A000", Failure.When.ALWAYS, "cannot move an owned sequence into another schema")
                        .sample(World.SCHEMAS, "ALTER SEQUENCE shop.t_n_seq SET SCHEMA bare"),
                row("drop-called-function", Drop.class, "DROP FUNCTION")
                        .when(
                                "no CASCADE, and a trigger calls it",
                                situation -> situation.subject().kind() == ObjectKind.FUNCTION
                                        && !situation.subject().cascade()
                                        && situation.dependents().isCalledByTrigger(situation.target()))
                        .fails("2BP01", Failure.When.ALWAYS, "other objects depend on the function")
                        .sample(World.TRIGGERS, "DROP FUNCTION note()"),
                row("drop-called-function-cascade", Drop.class, "DROP FUNCTION")
                        .when(
                                "CASCADE, and triggers call it",
                                situation -> situation.subject().kind() == ObjectKind.FUNCTION
                                        && situation.subject().cascade()
                                        && situation.dependents().isCalledByTrigger(situation.target()))
                        .lock(
                                Role.USERS,
                                LockMode.ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.dependents().calling(situation.target()))
                        .sample(World.TRIGGERS, "DROP FUNCTION note() CASCADE"));
    }

    /** Elements of an array and fields of a row may be set one by one. */
    private static boolean setsTwice(Update update) {
        Set<String> seen = new HashSet<>();
        return IntStream.range(
                        0, Math.min(update.columns().size(), update.values().size()))
                .filter(i -> !(update.values().get(i) instanceof Expression.Other part
                        && part.node().equals(Update.PART)))
                .anyMatch(i -> !seen.add(update.columns().get(i)));
    }

    private static boolean isPlainKey(Situation<ColumnSetting> situation) {
        return situation.subject().kind() == ColumnSetting.Kind.STATISTICS
                && situation
                        .catalog()
                        .index(situation.target())
                        .value()
                        .filter(index -> index.expressions().findAny().isEmpty())
                        .isPresent();
    }
}
