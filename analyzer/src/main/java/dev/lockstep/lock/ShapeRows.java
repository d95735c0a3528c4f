package dev.lockstep.lock;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CatalogReplay;
import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.catalog.TypeNames;
import dev.lockstep.lock.Part.NewConstraint;
import dev.lockstep.sql.AlterAction.AddColumn;
import dev.lockstep.sql.AlterAction.AddConstraint;
import dev.lockstep.sql.AlterAction.AddIdentity;
import dev.lockstep.sql.AlterAction.AlterColumnType;
import dev.lockstep.sql.AlterAction.DropDefault;
import dev.lockstep.sql.AlterAction.DropNotNull;
import dev.lockstep.sql.AlterAction.SetDefault;
import dev.lockstep.sql.AlterAction.ValidateConstraint;
import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Constraint.ForeignKey;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.Statement.CreateTable;
import dev.lockstep.sql.Statement.CreateTableAs;
import dev.lockstep.sql.Statement.CreateView;
import dev.lockstep.sql.Statement.Drop;
import dev.lockstep.sql.TypeName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Statements that fail because columns, keys and types don't fit together. */
final class ShapeRows {

    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");

    private ShapeRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(keys(), references(), columns());
    }

    private static LockRow.Builder<NewConstraint> added(String id, String form) {
        return LockRow.of(id, NewConstraint.class, form, "sql-createtable");
    }

    private static List<LockRow<?>> keys() {
        return List.of(
                added("key-column-twice", "UNIQUE or PRIMARY KEY")
                        .when(
                                "with a column twice",
                                situation -> isRepeating(
                                        keyColumns(situation.subject().constraint())))
                        .fails("42701", Failure.When.ALWAYS, "column appears twice in the constraint")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD UNIQUE (id, id)",
                                "CREATE TABLE x (a int, PRIMARY KEY (a, a))"),
                LockRow.of(
                                "validate-key",
                                ValidateConstraint.class,
                                "ALTER TABLE … VALIDATE CONSTRAINT",
                                "sql-altertable")
                        .when(
                                "of a key",
                                situation -> situation
                                        .constraint(situation.subject().name())
                                        .filter(known -> known.kind() == TableConstraint.Kind.PRIMARY_KEY
                                                || known.kind() == TableConstraint.Kind.UNIQUE)
                                        .isPresent())
                        .fails("42809", Failure.When.ALWAYS, "it is not a foreign key or check constraint")
                        .sample(World.SHOP, "ALTER TABLE orders VALIDATE CONSTRAINT orders_pkey"),
                LockRow.of(
                                "key-name-taken",
                                AddConstraint.class,
                                "ALTER TABLE … ADD UNIQUE or PRIMARY KEY",
                                "sql-altertable")
                        .when(
                                "under the name of a relation",
                                situation -> isNameTaken(
                                        situation, situation.subject().constraint()))
                        .fails("42P07", Failure.When.ALWAYS, "relation already exists")
                        .sample(World.SHOP, "ALTER TABLE orders ADD CONSTRAINT customers UNIQUE (id)"),
                create("create-table-key-name-taken")
                        .when(
                                "a key under the name of a relation",
                                situation -> CreateRows.isNew(situation)
                                        && constraints(situation.subject())
                                                .anyMatch(constraint -> isNameTaken(situation, constraint)))
                        .fails("42P07", Failure.When.ALWAYS, "relation already exists")
                        .sample(World.SHOP, "CREATE TABLE x (a int, CONSTRAINT customers UNIQUE (a))"),
                added("check-no-inherit-partitioned", "CHECK … NO INHERIT")
                        .when(
                                "of a partitioned table",
                                situation -> situation.subject().constraint() instanceof Constraint.Check check
                                        && check.noInherit()
                                        && situation.isPartitioned())
                        .fails("42P16", Failure.When.ALWAYS, "cannot add NO INHERIT constraint to partitioned table")
                        .sample(
                                World.EVENTS,
                                "ALTER TABLE events ADD CHECK (id > 0) NO INHERIT",
                                "CREATE TABLE x (a int CHECK (a > 0) NO INHERIT) PARTITION BY LIST (a)"),
                added("new-key-without-partition-key", "UNIQUE or PRIMARY KEY, with a column or a table")
                        .when(
                                "of a partitioned table, without a column of the partition key",
                                situation -> !(situation.subject().constraint() instanceof ForeignKey)
                                        && situation
                                                .table()
                                                .flatMap(table ->
                                                        table.partitioning().key())
                                                .filter(key -> isKey(situation
                                                                .subject()
                                                                .constraint())
                                                        && key.keys().stream()
                                                                .anyMatch(part -> part.column()
                                                                        .filter(column -> !keyColumns(situation
                                                                                        .subject()
                                                                                        .constraint())
                                                                                .contains(column))
                                                                        .isPresent()))
                                                .isPresent())
                        .fails(
                                "0A000",
                                Failure.When.ALWAYS,
                                "unique constraint on partitioned table must include all partitioning columns")
                        .sample(
                                World.EVENTS,
                                "CREATE TABLE x (a int, b int UNIQUE) PARTITION BY LIST (a)",
                                "ALTER TABLE events ADD COLUMN c int UNIQUE"),
                LockRow.of(
                                "add-column-second-primary-key",
                                AddColumn.class,
                                "ALTER TABLE … ADD COLUMN",
                                "sql-altertable")
                        .when(
                                "PRIMARY KEY, and the table has one",
                                situation -> situation.subject().column().constraints().stream()
                                                .anyMatch(Constraint.PrimaryKey.class::isInstance)
                                        && situation
                                                .table()
                                                .flatMap(Table::primaryKey)
                                                .isPresent()
                                        && situation
                                                .column(situation
                                                        .subject()
                                                        .column()
                                                        .name()
                                                        .name())
                                                .isAbsent())
                        .fails("42P16", Failure.When.ALWAYS, "multiple primary keys are not allowed")
                        .sample(World.SHOP, "ALTER TABLE orders ADD COLUMN x int PRIMARY KEY"),
                create("create-table-two-primary-keys")
                        .when(
                                "with two primary keys",
                                situation -> CreateRows.isNew(situation)
                                        && constraints(situation.subject())
                                                        .filter(Constraint.PrimaryKey.class::isInstance)
                                                        .count()
                                                > 1)
                        .fails("42P16", Failure.When.ALWAYS, "multiple primary keys are not allowed")
                        .sample(World.SHOP, "CREATE TABLE x (a int PRIMARY KEY, b int PRIMARY KEY)"),
                LockRow.of(
                                "drop-not-null-of-primary-key",
                                DropNotNull.class,
                                "ALTER TABLE … DROP NOT NULL",
                                "sql-altertable")
                        .when(
                                "of a column of the primary key",
                                situation -> situation
                                        .table()
                                        .flatMap(Table::primaryKey)
                                        .filter(key -> key.columns()
                                                .contains(situation.subject().column()))
                                        .isPresent())
                        .fails("42P16", Failure.When.ALWAYS, "column is in a primary key")
                        .sample(World.SHOP, "ALTER TABLE orders ALTER id DROP NOT NULL"));
    }

    private static boolean isNameTaken(Situation<?> situation, Constraint constraint) {
        return isKey(constraint)
                && constraint
                        .name()
                        .map(name -> new QualifiedName(situation.target().schema(), name.name()))
                        .filter(situation.relations()::exists)
                        .isPresent();
    }

    private static boolean isKey(Constraint constraint) {
        return constraint instanceof Constraint.PrimaryKey key
                        && key.usingIndex().isEmpty()
                || constraint instanceof Constraint.Unique unique
                        && unique.usingIndex().isEmpty();
    }

    private static List<String> keyColumns(Constraint constraint) {
        if (constraint instanceof Constraint.PrimaryKey key) {
            return key.columns();
        }
        return constraint instanceof Constraint.Unique unique ? unique.columns() : List.of();
    }

    private static boolean isRepeating(Collection<String> names) {
        return new HashSet<>(names).size() < names.size();
    }

    private static Stream<Constraint> constraints(CreateTable create) {
        return Stream.concat(
                create.constraints().stream(),
                create.columns().stream().flatMap(column -> column.constraints().stream()));
    }

    private static List<LockRow<?>> references() {
        return List.of(
                added("foreign-key-without-primary-key", "REFERENCES without columns")
                        .when(
                                "to a table without a primary key",
                                situation -> referenced(situation)
                                        .filter(table -> key(situation)
                                                        .referencedColumns()
                                                        .isEmpty()
                                                && table.primaryKey().isEmpty())
                                        .isPresent())
                        .fails("42704", Failure.When.ALWAYS, "there is no primary key for the referenced table")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES alone",
                                "ALTER TABLE orders ADD COLUMN x int REFERENCES alone",
                                "CREATE TABLE x (a int REFERENCES alone)",
                                "CREATE TABLE x (a int REFERENCES x)"),
                added("foreign-key-without-unique", "REFERENCES (columns)")
                        .when(
                                "that no unique constraint or index has",
                                situation -> referenced(situation)
                                        .filter(table -> !key(situation)
                                                        .referencedColumns()
                                                        .isEmpty()
                                                && key(situation).referencedColumns().stream()
                                                        .noneMatch(column -> table.column(column)
                                                                .isAbsent())
                                                && !isUnique(situation.catalog(), table.name(), key(situation)))
                                        .isPresent())
                        .fails("42830", Failure.When.ALWAYS, "there is no unique constraint for the referenced columns")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES alone (a)",
                                "CREATE TABLE x (a int, b int REFERENCES x (a))"),
                added("foreign-key-column-count", "REFERENCES without columns")
                        .when(
                                "to a primary key of more or fewer columns",
                                situation -> referenced(situation)
                                        .filter(table -> key(situation)
                                                .referencedColumns()
                                                .isEmpty())
                                        .flatMap(Table::primaryKey)
                                        .filter(primary -> primary.columns().size()
                                                != key(situation).columns().size())
                                        .isPresent())
                        .fails("42830", Failure.When.ALWAYS, "number of referencing and referenced columns disagree")
                        .sample(World.MISFITS, "CREATE TABLE x (a int REFERENCES pairs)"),
                LockRow.of(
                                "change-type-of-foreign-key",
                                AlterColumnType.class,
                                "ALTER TABLE … ALTER COLUMN … TYPE",
                                "sql-altertable")
                        .when(
                                "of a column that a foreign key pairs with one of a type that can't be compared",
                                ShapeRows::partsKey)
                        .fails("42804", Failure.When.ALWAYS, "foreign key constraint cannot be implemented")
                        .sample(
                                World.LINKED,
                                "ALTER TABLE c ALTER p TYPE uuid USING NULL",
                                "ALTER TABLE p ALTER id TYPE text"),
                added("foreign-key-types", "REFERENCES")
                        .when("columns of types that can't be compared", ShapeRows::isOfOtherTypes)
                        .fails("42804", Failure.When.ALWAYS, "foreign key constraint cannot be implemented")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD FOREIGN KEY (note) REFERENCES customers",
                                "ALTER TABLE orders ADD COLUMN x uuid REFERENCES customers",
                                "CREATE TABLE x (a int[] REFERENCES customers)",
                                "CREATE TABLE x (a numeric REFERENCES customers)")
                        .also(World.MISFITS, "CREATE TABLE x (a color REFERENCES many)"));
    }

    /** Whether the column's new type parts it from the one that some foreign key pairs it with. */
    private static boolean partsKey(Situation<AlterColumnType> situation) {
        String column = situation.subject().column();
        Optional<TypeName> type = situation
                .dependents()
                .baseType(situation.catalog().columnType(situation.subject().type()));
        boolean partsOurs = situation
                .relations()
                .foreignKeysOf(situation.target())
                .anyMatch(key -> key.columns().contains(column)
                        && key.referenced()
                                .filter(other -> !other.equals(situation.target()))
                                .flatMap(situation::table)
                                .flatMap(other -> referencedColumns(key, other).stream()
                                        .skip(key.columns().indexOf(column))
                                        .findFirst()
                                        .flatMap(name -> type(situation, other, name)))
                                .filter(other -> !areComparable(type, Optional.of(other)))
                                .isPresent());
        return partsOurs
                || situation.catalog().referencing(situation.target()).stream()
                        .filter(child -> !child.name().equals(situation.target()))
                        .anyMatch(child -> child.constraints().stream()
                                .filter(key -> key.referenced()
                                        .filter(situation.target()::equals)
                                        .isPresent())
                                .anyMatch(key -> partsTheirs(situation, child, key, type)));
    }

    private static boolean partsTheirs(
            Situation<AlterColumnType> situation, Table child, TableConstraint key, Optional<TypeName> type) {
        int place = situation
                .table()
                .map(table -> referencedColumns(key, table))
                .orElse(List.of())
                .indexOf(situation.subject().column());
        return place >= 0
                && place < key.columns().size()
                && !areComparable(type(situation, child, key.columns().get(place)), type);
    }

    private static boolean areComparable(Optional<TypeName> from, Optional<TypeName> to) {
        return from.isEmpty() || to.isEmpty() || KeyTypes.areComparable(from.get(), to.get());
    }

    private static List<String> referencedColumns(TableConstraint key, Table other) {
        List<String> columns =
                key.reference().map(TableConstraint.Reference::columns).orElse(List.of());
        return columns.isEmpty()
                ? other.primaryKey().map(TableConstraint::columns).orElse(List.of())
                : columns;
    }

    private static ForeignKey key(Situation<NewConstraint> situation) {
        return (ForeignKey) situation.subject().constraint();
    }

    /** The other table of a new foreign key, if all of it is known. */
    private static Optional<Table> referenced(Situation<NewConstraint> situation) {
        return situation.subject().constraint() instanceof ForeignKey key
                ? situation
                        .table(situation.resolve(key.referenced()))
                        .filter(Table::complete)
                        .filter(table -> table.kind() != Table.Kind.VIEW)
                : Optional.empty();
    }

    private static boolean isUnique(Catalog catalog, QualifiedName table, ForeignKey key) {
        return catalog.indexesOf(table).stream()
                .anyMatch(index -> index.unique()
                        && index.predicate().isEmpty()
                        && index.expressions().findAny().isEmpty()
                        && Set.copyOf(index.keyColumns()).equals(Set.copyOf(key.referencedColumns())));
    }

    private static boolean isOfOtherTypes(Situation<NewConstraint> situation) {
        Optional<Table> other = referenced(situation);
        if (other.isEmpty() || situation.table().isEmpty()) {
            return false;
        }
        List<String> ours = key(situation).columns();
        List<String> theirs = key(situation).referencedColumns().isEmpty()
                ? other.get().primaryKey().map(TableConstraint::columns).orElse(List.of())
                : key(situation).referencedColumns();
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            if (!areComparable(
                    type(situation, situation.table().get(), ours.get(i)),
                    type(situation, other.get(), theirs.get(i)))) {
                return true;
            }
        }
        return false;
    }

    private static Optional<TypeName> type(Situation<?> situation, Table table, String column) {
        return table.column(column).value().flatMap(Column::type).flatMap(situation.dependents()::baseType);
    }

    private static LockRow.Builder<CreateTable> create(String id) {
        return LockRow.of(id, CreateTable.class, "CREATE TABLE", "sql-createtable");
    }

    private static List<LockRow<?>> columns() {
        return List.of(
                create("create-table-column-twice")
                        .when(
                                "with a column twice",
                                situation -> CreateRows.isNew(situation) && isRepeating(columns(situation)))
                        .fails("42701", Failure.When.ALWAYS, "column specified more than once")
                        .sample(World.SHOP, "CREATE TABLE x (a int, a text)", "CREATE TABLE x (id int, LIKE orders)"),
                create("create-table-generated-partition-key")
                        .when(
                                "partitioned by a generated column",
                                situation -> CreateRows.isNew(situation)
                                        && situation.subject().partitionKey().stream()
                                                .flatMap(key -> key.keys().stream())
                                                .flatMap(key -> key.column().stream())
                                                .anyMatch(name -> situation.subject().columns().stream()
                                                        .filter(column -> column.generated()
                                                                .isPresent())
                                                        .anyMatch(column -> column.name()
                                                                .name()
                                                                .equals(name))))
                        .fails("42P17", Failure.When.ALWAYS, "cannot use generated column in partition key")
                        .sample(
                                World.SHOP,
                                "CREATE TABLE x (a int, b int GENERATED ALWAYS AS (a) STORED) PARTITION BY LIST (b)"),
                LockRow.of(
                                "add-identity-type",
                                AddIdentity.class,
                                "ALTER TABLE … ADD GENERATED … AS IDENTITY",
                                "sql-altertable")
                        .when(
                                "to a column that is no integer",
                                situation -> situation
                                        .column(situation.subject().column())
                                        .value()
                                        .flatMap(Column::type)
                                        .filter(type -> !isInteger(type))
                                        .isPresent())
                        .fails(
                                "22023",
                                Failure.When.ALWAYS,
                                "identity column type must be smallint, integer, or bigint")
                        .sample(World.SHOP, "ALTER TABLE orders ALTER note ADD GENERATED ALWAYS AS IDENTITY"),
                LockRow.of("set-default-of-generated", SetDefault.class, "ALTER TABLE … SET DEFAULT", "sql-altertable")
                        .when(
                                "of a generated or identity column",
                                situation -> situation
                                        .column(situation.subject().column())
                                        .value()
                                        .filter(column -> column.generated() || column.identity())
                                        .isPresent())
                        .fails("42601", Failure.When.ALWAYS, "column is a generated column")
                        .sample(
                                World.SEQUENCES,
                                "ALTER TABLE t ALTER g SET DEFAULT 1",
                                "ALTER TABLE t ALTER n SET DEFAULT 1"),
                LockRow.of(
                                "drop-not-null-of-identity",
                                DropNotNull.class,
                                "ALTER TABLE … DROP NOT NULL",
                                "sql-altertable")
                        .when(
                                "of an identity column",
                                situation -> situation
                                        .column(situation.subject().column())
                                        .value()
                                        .filter(Column::identity)
                                        .isPresent())
                        .fails("42601", Failure.When.ALWAYS, "column is an identity column")
                        .sample(World.SEQUENCES, "ALTER TABLE t ALTER n DROP NOT NULL"),
                LockRow.of(
                                "drop-default-of-generated",
                                DropDefault.class,
                                "ALTER TABLE … DROP DEFAULT",
                                "sql-altertable")
                        .when(
                                "of a generated or identity column",
                                situation -> situation
                                        .column(situation.subject().column())
                                        .value()
                                        .filter(column -> column.generated() || column.identity())
                                        .isPresent())
                        .fails("42601", Failure.When.ALWAYS, "column is a generated column")
                        .sample(
                                World.SEQUENCES,
                                "ALTER TABLE t ALTER g DROP DEFAULT",
                                "ALTER TABLE t ALTER n DROP DEFAULT"),
                LockRow.of(
                                "change-type-of-identity",
                                AlterColumnType.class,
                                "ALTER TABLE … ALTER COLUMN … TYPE",
                                "sql-altertable")
                        .when(
                                "of an identity column, to no integer",
                                situation -> situation
                                                .column(situation.subject().column())
                                                .value()
                                                .filter(Column::identity)
                                                .isPresent()
                                        && !isInteger(situation
                                                .catalog()
                                                .columnType(situation.subject().type())))
                        .fails(
                                "22023",
                                Failure.When.ALWAYS,
                                "identity column type must be smallint, integer, or bigint")
                        .sample(World.SEQUENCES, "ALTER TABLE t ALTER n TYPE text"),
                LockRow.of(
                                "change-type-of-default",
                                AlterColumnType.class,
                                "ALTER TABLE … ALTER COLUMN … TYPE",
                                "sql-altertable")
                        .when(
                                "USING, of a column whose default can't be cast",
                                situation -> situation
                                                .column(situation.subject().column())
                                                .value()
                                                .flatMap(Column::defaultValue)
                                                .isPresent()
                                        && TypeChangeRows.isRefusedWithoutUsing(situation))
                        .fails("42804", Failure.When.ALWAYS, "default for column cannot be cast automatically")
                        .sample(World.SEQUENCES, "ALTER TABLE t ALTER id TYPE uuid USING NULL"),
                LockRow.of(
                                "change-type-twice",
                                AlterColumnType.class,
                                "ALTER TABLE … ALTER COLUMN … TYPE",
                                "sql-altertable")
                        .when(
                                "of one column twice",
                                situation -> situation.statement() instanceof Statement.AlterTable alter
                                        && alter.actions().stream()
                                                        .filter(action -> action instanceof AlterColumnType other
                                                                && other.column()
                                                                        .equals(situation
                                                                                .subject()
                                                                                .column()))
                                                        .count()
                                                > 1)
                        .fails("0A000", Failure.When.ALWAYS, "cannot alter type of column twice")
                        .sample(World.SHOP, "ALTER TABLE orders ALTER id TYPE numeric, ALTER id TYPE bigint"),
                LockRow.of("create-view-exists", CreateView.class, "CREATE VIEW", "sql-createview")
                        .when(
                                "the name is taken",
                                situation -> !situation.subject().orReplace()
                                        && situation.relations().exists(situation.target()))
                        .fails("42P07", Failure.When.ALWAYS, "relation already exists")
                        .sample(World.VIEWS, "CREATE VIEW v AS SELECT 1 AS a"),
                LockRow.of("create-table-as-exists", CreateTableAs.class, "CREATE TABLE AS", "sql-createtableas")
                        .when(
                                "or MATERIALIZED VIEW; the name is taken",
                                situation -> !situation.subject().ifNotExists()
                                        && situation
                                                .relations()
                                                .exists(situation
                                                        .catalog()
                                                        .created(
                                                                situation
                                                                        .subject()
                                                                        .table(),
                                                                situation
                                                                        .subject()
                                                                        .persistence())))
                        .fails("42P07", Failure.When.ALWAYS, "relation already exists")
                        .sample(
                                World.VIEWS,
                                "CREATE MATERIALIZED VIEW m AS SELECT 1 AS a",
                                "CREATE TABLE t AS SELECT 1 AS a"),
                LockRow.of("replace-no-view", CreateView.class, "CREATE OR REPLACE VIEW", "sql-createview")
                        .when(
                                "the name is that of another relation",
                                situation -> situation.subject().orReplace()
                                        && situation.relations().exists(situation.target())
                                        && !situation.isView())
                        .fails("42809", Failure.When.ALWAYS, "it is not a view")
                        .sample(World.VIEWS, "CREATE OR REPLACE VIEW t AS SELECT 1 AS a"),
                LockRow.of("drop-other-kind", Drop.class, "DROP TABLE, VIEW, MATERIALIZED VIEW", "sql-commands")
                        .when("the relation is of another kind", ShapeRows::isOfOtherKind)
                        .fails("42809", Failure.When.ALWAYS, "it is of another kind")
                        .sample(
                                World.VIEWS,
                                "DROP VIEW t",
                                "DROP TABLE v",
                                "DROP VIEW m",
                                "DROP MATERIALIZED VIEW v",
                                "DROP TABLE m_id",
                                "DROP VIEW IF EXISTS t"),
                LockRow.of("replace-view-columns", CreateView.class, "CREATE OR REPLACE VIEW", "sql-createview")
                        .when("its columns are not those it had, with more after them", ShapeRows::changesColumns)
                        .fails("42P16", Failure.When.ALWAYS, "cannot drop or change columns of a view")
                        .sample(
                                World.VIEWS,
                                "CREATE OR REPLACE VIEW v AS SELECT id FROM t",
                                "CREATE OR REPLACE VIEW v AS SELECT a, id FROM t",
                                "CREATE OR REPLACE VIEW v AS SELECT id, b AS a FROM t"));
    }

    private static boolean isOfOtherKind(Situation<Drop> situation) {
        Optional<Table.Kind> kind = situation.table().map(Table::kind).filter(known -> known != Table.Kind.UNKNOWN);
        boolean known = kind.isPresent() || situation.relations().exists(situation.target());
        return known
                && switch (situation.subject().kind()) {
                    case TABLE ->
                        kind.filter(found -> found == Table.Kind.TABLE || found == Table.Kind.PARTITIONED_TABLE)
                                .isEmpty();
                    case VIEW -> !kind.equals(Optional.of(Table.Kind.VIEW));
                    case MATERIALIZED_VIEW -> !kind.equals(Optional.of(Table.Kind.MATERIALIZED_VIEW));
                    default -> false;
                };
    }

    private static boolean isInteger(TypeName type) {
        return type.arrayDimensions() == 0 && INTEGERS.contains(type.name());
    }

    /** The columns of the statement and of LIKE; what is inherited is merged. */
    private static List<String> columns(Situation<CreateTable> situation) {
        List<String> names = new ArrayList<>();
        situation.subject().columns().stream().map(ColumnDefinition::name).forEach(name -> names.add(name.name()));
        situation.subject().likes().stream()
                .flatMap(like -> situation.table(situation.resolve(like.table())).stream())
                .flatMap(table -> table.columns().stream())
                .forEach(column -> names.add(column.name()));
        return names;
    }

    private static boolean changesColumns(Situation<CreateView> situation) {
        Optional<Table> before =
                situation.table().filter(view -> situation.subject().orReplace() && view.kind() == Table.Kind.VIEW);
        Optional<Table> after = CatalogReplay.apply(situation.catalog(), situation.subject(), Moment.BEFORE_HISTORY)
                .table(situation.target())
                .value();
        if (before.isEmpty()
                || after.isEmpty()
                || !before.get().complete()
                || !after.get().complete()) {
            return false;
        }
        List<Column> had = before.get().columns();
        List<Column> has = after.get().columns();
        for (int i = 0; i < had.size(); i++) {
            if (i >= has.size() || isOther(had.get(i), has.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOther(Column before, Column after) {
        boolean retyped = before.type().isPresent()
                && after.type().isPresent()
                && !TypeNames.format(before.type().get())
                        .equals(TypeNames.format(after.type().get()));
        return retyped || !before.name().equals(after.name());
    }
}
