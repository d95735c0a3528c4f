package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.ACCESS_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ACCESS_SHARE;
import static dev.lockstep.lock.LockMode.ROW_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.SHARE_ROW_EXCLUSIVE;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.sql.AlterAction.AddColumn;
import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** ADD COLUMN: what it costs depends on what the rows that are there get as their value. */
final class AddColumnRows {

    private AddColumnRows() {}

    static List<LockRow<?>> rows() {
        return List.of(
                row("add-column")
                        .when("", situation -> !isAttribute(situation))
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.PARTITIONS,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> added(situation).isPresent() ? reached(situation) : List.of())
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD COLUMN c int",
                                "ALTER TABLE orders ADD COLUMN c int DEFAULT 5",
                                "ALTER TABLE orders ADD COLUMN c int NOT NULL DEFAULT 5",
                                "ALTER TABLE orders ADD COLUMN c timestamptz DEFAULT now()",
                                "ALTER TABLE IF EXISTS orders ADD COLUMN c int",
                                "ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text DEFAULT random()::text")
                        .also(
                                World.EVENTS,
                                "ALTER TABLE events ADD COLUMN c int",
                                "ALTER TABLE events ADD COLUMN IF NOT EXISTS kind int")
                        .also(World.INHERITED, "ALTER TABLE parent ADD COLUMN c int")
                        .also(World.MISFITS, "ALTER TABLE ancestor ADD COLUMN x int"),
                rewrite("add-column-volatile-default", "a volatile default", situation -> isVolatile(situation, true))
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD COLUMN c timestamptz DEFAULT clock_timestamp()",
                                "ALTER TABLE orders ADD COLUMN c float DEFAULT random() NOT NULL")
                        .also(World.EVENTS, "ALTER TABLE events ADD COLUMN c uuid DEFAULT gen_random_uuid()")
                        .also(World.MISFITS, "ALTER TABLE ancestor ADD COLUMN x int DEFAULT random()")
                        .also(World.TRIGGERS, "ALTER TABLE t ADD COLUMN c int DEFAULT vol()"),
                row("add-column-unknown-default")
                        .when("a default from a function that nobody knows", situation -> isVolatile(situation, false))
                        .treeWork(Work.UNKNOWN)
                        .mayLock(Role.INDEXES, ACCESS_EXCLUSIVE, Work.UNKNOWN, Situation::storedIndexes)
                        .sample(
                                World.UNREADABLE,
                                "ALTER TABLE t ADD COLUMN c int DEFAULT made()",
                                "ALTER TABLE t ADD COLUMN c int DEFAULT fixed()"),
                row("add-column-sequence-default")
                        .when(
                                "a default from a sequence",
                                situation -> !sequences(situation).isEmpty())
                        .lock(Role.SEQUENCES, ROW_EXCLUSIVE, Work.NONE, AddColumnRows::sequences)
                        .sample(World.SEQUENCES, "ALTER TABLE t ADD COLUMN c int DEFAULT nextval('s')"),
                rewrite(
                                "add-column-serial",
                                "serial",
                                situation -> added(situation)
                                        .flatMap(ColumnDefinition::type)
                                        .filter(type -> type.isSerial())
                                        .isPresent())
                        .sample(World.SHOP, "ALTER TABLE orders ADD COLUMN c serial"),
                rewrite(
                                "add-column-identity",
                                "identity",
                                situation -> added(situation)
                                        .flatMap(ColumnDefinition::identity)
                                        .isPresent())
                        .sample(World.SHOP, "ALTER TABLE orders ADD COLUMN c int GENERATED ALWAYS AS IDENTITY"),
                row("add-column-identity-to-children")
                        .when(
                                "identity, to a table with children",
                                situation -> added(situation)
                                                .flatMap(ColumnDefinition::identity)
                                                .isPresent()
                                        && !situation.below().isEmpty())
                        .until(PgVersion.V16)
                        .fails(
                                "42P16",
                                Failure.When.ALWAYS,
                                "cannot recursively add identity column to table that has child tables")
                        .sample(World.NESTED, "ALTER TABLE e ADD COLUMN c int GENERATED ALWAYS AS IDENTITY"),
                rewrite(
                                "add-column-stored",
                                "GENERATED … STORED",
                                situation -> generated(situation)
                                        .filter(ColumnDefinition.Generated::stored)
                                        .isPresent())
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD COLUMN c int GENERATED ALWAYS AS (total * 2) STORED"),
                row("add-column-virtual")
                        .when(
                                "GENERATED … VIRTUAL",
                                situation -> generated(situation)
                                        .filter(generated -> !generated.stored())
                                        .isPresent())
                        .until(PgVersion.V17)
                        .fails("42601", Failure.When.ALWAYS, "virtual generated columns need PostgreSQL 18")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD COLUMN c int GENERATED ALWAYS AS (total * 2) VIRTUAL",
                                "ALTER TABLE orders ADD COLUMN c int GENERATED ALWAYS AS (total * 2)"),
                rewrite(
                                "add-column-constrained-domain",
                                "a domain with a constraint",
                                situation -> added(situation)
                                        .flatMap(ColumnDefinition::type)
                                        .filter(type -> situation.dependents().isConstrainedDomain(type))
                                        .isPresent())
                        .sample(
                                World.TYPES,
                                "ALTER TABLE t ADD COLUMN c checked",
                                "ALTER TABLE t ADD COLUMN c checked DEFAULT 'x'")
                        .also(
                                World.DOMAINS,
                                "ALTER TABLE t3 ADD COLUMN c d",
                                "ALTER TABLE t3 ADD COLUMN c outer_d",
                                "ALTER TABLE t3 ADD COLUMN c required DEFAULT 1"),
                row("add-column-required-domain")
                        .when(
                                "a domain that is NOT NULL, and no default",
                                situation -> added(situation)
                                        .filter(column -> !isFilled(column)
                                                && column.type()
                                                        .filter(type -> situation
                                                                .dependents()
                                                                .isRequiredDomain(type))
                                                        .isPresent())
                                        .isPresent())
                        .fails("23502", Failure.When.IF_ROWS_EXIST, "domain does not allow null values")
                        .sample(World.DOMAINS, "ALTER TABLE t3 ADD COLUMN c required"),
                row("add-column-check")
                        .when(
                                "CHECK",
                                situation -> constraints(situation, Constraint.Check.class)
                                        .anyMatch(check -> !check.notValid() && check.enforced()))
                        .treeWork(Work.SCAN)
                        .fails("23514", Failure.When.IF_A_ROW_VIOLATES, "check constraint is violated by some row")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD COLUMN c int CHECK (c > 0)",
                                "ALTER TABLE orders ADD COLUMN c int DEFAULT 1 CHECK (c > 0)",
                                "ALTER TABLE orders ADD COLUMN c int DEFAULT 0 CHECK (c > 0)"),
                row("add-column-not-null")
                        .when(
                                "NOT NULL, and nothing gives existing rows a value",
                                situation -> added(situation)
                                        .filter(column -> isRequired(column) && !isFilled(column))
                                        .isPresent())
                        .treeWork(Work.SCAN)
                        .fails("23502", Failure.When.IF_ROWS_EXIST, "column contains null values")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD COLUMN c int NOT NULL",
                                "ALTER TABLE orders ADD COLUMN c int NOT NULL DEFAULT NULL",
                                "ALTER TABLE alone ADD COLUMN c int PRIMARY KEY")
                        .also(World.EMPTY, "ALTER TABLE fresh ADD COLUMN c int NOT NULL"),
                row("add-column-unique")
                        .when(
                                "UNIQUE or PRIMARY KEY",
                                situation -> constraints(situation, Constraint.Unique.class)
                                                .findAny()
                                                .isPresent()
                                        || constraints(situation, Constraint.PrimaryKey.class)
                                                .findAny()
                                                .isPresent())
                        .treeWork(Work.INDEX_BUILD)
                        .fails("23505", Failure.When.IF_ROWS_EXIST, "could not create unique index")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD COLUMN c int UNIQUE",
                                "ALTER TABLE alone ADD COLUMN c serial PRIMARY KEY",
                                "ALTER TABLE orders ADD COLUMN c int DEFAULT 1 UNIQUE"),
                row("add-column-references")
                        .when(
                                "REFERENCES",
                                situation -> references(situation).findAny().isPresent())
                        .lock(Role.REFERENCED, SHARE_ROW_EXCLUSIVE, Work.NONE, AddColumnRows::referenced)
                        .lock(Role.REFERENCED_INDEX, ACCESS_SHARE, Work.NONE, AddColumnRows::referencedIndexes)
                        .sample(World.SHOP, "ALTER TABLE orders ADD COLUMN c bigint REFERENCES customers")
                        .also(World.KEYS, "ALTER TABLE c ADD COLUMN z int REFERENCES p (code)"),
                row("add-column-references-default")
                        .when(
                                "REFERENCES, and existing rows get a value",
                                situation -> references(situation).findAny().isPresent()
                                        && added(situation)
                                                .filter(AddColumnRows::isFilled)
                                                .isPresent())
                        .checksForeignKey(AddColumnRows::referenced)
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD COLUMN c bigint DEFAULT 1 REFERENCES customers",
                                "ALTER TABLE orders ADD COLUMN c bigint DEFAULT 9 REFERENCES customers")
                        .also(World.KEYS, "ALTER TABLE c ADD COLUMN z int DEFAULT 1 REFERENCES p (code)"),
                row("add-column-to-partition")
                        .when(
                                "to a partition",
                                situation -> !isAttribute(situation)
                                        && situation
                                                .relations()
                                                .partitionedParent(situation.target())
                                                .isPresent())
                        .fails("42809", Failure.When.ALWAYS, "cannot add column to a partition")
                        .sample(World.EVENTS, "ALTER TABLE events_1 ADD COLUMN c int"),
                row("add-column-only")
                        .when(
                                "ONLY, to a table with children",
                                situation -> situation.only()
                                        && added(situation).isPresent()
                                        && !situation
                                                .relations()
                                                .descendants(situation.target())
                                                .isEmpty())
                        .fails("42P16", Failure.When.ALWAYS, "column must be added to child tables too")
                        .sample(World.INHERITED, "ALTER TABLE ONLY parent ADD COLUMN c int")
                        .also(World.EVENTS, "ALTER TABLE ONLY events ADD COLUMN c int"),
                row("add-column-exists")
                        .when(
                                "a column of that name exists",
                                situation -> !situation.subject().ifNotExists() && exists(situation))
                        .fails("42701", Failure.When.ALWAYS, "column already exists")
                        .sample(World.SHOP, "ALTER TABLE orders ADD COLUMN note text"),
                LockRow.of("add-attribute", AddColumn.class, "ALTER TYPE … ADD ATTRIBUTE", "sql-altertype")
                        .when("", AddColumnRows::isAttribute)
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.COMPOSITE, "ALTER TYPE pair ADD ATTRIBUTE z int CASCADE"));
    }

    private static LockRow.Builder<AddColumn> row(String id) {
        return LockRow.of(id, AddColumn.class, "ALTER TABLE … ADD COLUMN", "sql-altertable");
    }

    private static LockRow.Builder<AddColumn> rewrite(
            String id, String condition, Predicate<Situation<AddColumn>> applies) {
        return row(id).when(condition, applies)
                .work(Role.TREE, Work.REWRITE, AddColumnRows::gaining)
                .lock(
                        Role.INDEXES,
                        ACCESS_EXCLUSIVE,
                        Work.INDEX_BUILD,
                        situation -> situation.relations().storedIndexesOf(gaining(situation)));
    }

    /** The target, and what is below it and has no such column yet. */
    private static List<QualifiedName> gaining(Situation<AddColumn> situation) {
        return situation.only()
                ? List.of(situation.target())
                : Relations.concat(
                        List.of(situation.target()),
                        situation
                                .relations()
                                .gaining(
                                        situation.target(),
                                        situation.subject().column().name().name()));
    }

    /** The children of what gets the column, whether they get it too or have it. */
    private static List<QualifiedName> reached(Situation<AddColumn> situation) {
        return situation.only()
                ? List.of()
                : gaining(situation).stream()
                        .flatMap(table -> situation.catalog().childrenOf(table).stream())
                        .map(Table::name)
                        .distinct()
                        .toList();
    }

    private static boolean isAttribute(Situation<AddColumn> situation) {
        return situation.statement() instanceof Statement.AlterTable alter && alter.kind() == ObjectKind.TYPE;
    }

    /** The column, unless it is an attribute or IF NOT EXISTS finds one there. */
    private static Optional<ColumnDefinition> added(Situation<AddColumn> situation) {
        boolean skipped = situation.subject().ifNotExists() && exists(situation);
        return skipped || isAttribute(situation)
                ? Optional.empty()
                : Optional.of(situation.subject().column());
    }

    private static boolean exists(Situation<AddColumn> situation) {
        return situation
                .column(situation.subject().column().name().name())
                .value()
                .isPresent();
    }

    private static Optional<ColumnDefinition.Generated> generated(Situation<AddColumn> situation) {
        return added(situation).flatMap(ColumnDefinition::generated);
    }

    /** Whether the default is known to be volatile, or else whether nobody knows. */
    private static boolean isVolatile(Situation<AddColumn> situation, boolean known) {
        return added(situation)
                .flatMap(ColumnDefinition::defaultValue)
                .map(value -> situation.functions().isVolatile(value.expression()))
                .filter(isVolatile -> known ? isVolatile.orElse(false) : isVolatile.isEmpty())
                .isPresent();
    }

    private static List<QualifiedName> sequences(Situation<AddColumn> situation) {
        return added(situation).flatMap(ColumnDefinition::defaultValue).stream()
                .flatMap(value -> situation.dependents().sequencesIn(value.expression()).stream())
                .toList();
    }

    private static boolean isRequired(ColumnDefinition column) {
        return column.notNull().filter(constraint -> !constraint.notValid()).isPresent()
                || column.constraints().stream().anyMatch(Constraint.PrimaryKey.class::isInstance);
    }

    /** Whether existing rows get a value other than NULL. */
    private static boolean isFilled(ColumnDefinition column) {
        return column.defaultValue()
                        .filter(value -> !Literals.isNull(value.expression()))
                        .isPresent()
                || column.identity().isPresent()
                || column.generated().isPresent()
                || column.type().filter(type -> type.isSerial()).isPresent();
    }

    private static <C extends Constraint> Stream<C> constraints(Situation<AddColumn> situation, Class<C> kind) {
        return added(situation).stream()
                .flatMap(column -> column.constraints().stream())
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private static Stream<Constraint.ForeignKey> references(Situation<AddColumn> situation) {
        return constraints(situation, Constraint.ForeignKey.class);
    }

    private static Collection<QualifiedName> referenced(Situation<AddColumn> situation) {
        return references(situation)
                .flatMap(key -> situation.relations().partitionTree(situation.resolve(key.referenced())).stream())
                .toList();
    }

    private static Collection<QualifiedName> referencedIndexes(Situation<AddColumn> situation) {
        return references(situation)
                .flatMap(key -> situation.relations().referencedIndexes(key).stream())
                .toList();
    }
}
