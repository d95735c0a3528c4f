package dev.lockstep.lock;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.lock.Part.Missing;
import dev.lockstep.sql.AttachedStatement.CreateTrigger;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.ObjectStatement.CreateSequence;
import dev.lockstep.sql.Statement.Drop;
import dev.lockstep.sql.Statement.Rename;
import dev.lockstep.sql.Statement.SetSchema;
import dev.lockstep.sql.TypeStatement;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Statements that fail for a name: nothing has it, or something has it already. */
final class NameRows {

    private NameRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(missing(), taken());
    }

    private static List<LockRow<?>> missing() {
        return List.of(
                LockRow.of("missing-if-exists", Missing.class, "… IF EXISTS", "sql-commands")
                        .when(
                                "the relation is not there",
                                situation -> situation.subject().ifExists())
                        .sample(
                                World.BROKEN,
                                "DROP TABLE IF EXISTS gone",
                                "ALTER TABLE IF EXISTS gone ADD COLUMN a int",
                                "DROP INDEX IF EXISTS gone_id"),
                row("missing-relation", "any statement about a relation")
                        .when(
                                "it is not there",
                                situation -> !situation.subject().ifExists()
                                        && situation.subject().isRelation()
                                        && !isDroppedIndex(situation))
                        .fails("42P01", Failure.When.ALWAYS, "relation does not exist")
                        .sample(
                                World.BROKEN,
                                "ALTER TABLE gone ADD COLUMN a int",
                                "DROP TABLE gone",
                                "SELECT * FROM gone",
                                "CREATE INDEX i ON gone (id)",
                                "ALTER TABLE c INHERIT gone",
                                "ALTER TABLE c NO INHERIT gone",
                                "ALTER TABLE c ADD FOREIGN KEY (p) REFERENCES gone",
                                "ALTER TABLE c ADD COLUMN x int REFERENCES gone",
                                "ALTER TABLE c ALTER n SET DEFAULT nextval('gone')",
                                "CREATE TABLE x (LIKE gone)",
                                "CREATE TABLE x () INHERITS (gone)",
                                "CREATE TABLE x (a int REFERENCES gone)",
                                "CREATE TABLE x PARTITION OF gone DEFAULT",
                                "CREATE SEQUENCE x OWNED BY gone.id"),
                row("missing-index", "DROP INDEX")
                        .when(
                                "it is not there",
                                situation -> !situation.subject().ifExists() && isDroppedIndex(situation))
                        .fails("42704", Failure.When.ALWAYS, "index does not exist")
                        .sample(World.BROKEN, "DROP INDEX gone_id"),
                row("missing-column", "any statement that names a column")
                        .when("the table has none of that name", is(ObjectKind.COLUMN))
                        .fails("42703", Failure.When.ALWAYS, "column does not exist")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders DROP COLUMN nothing",
                                "ALTER TABLE orders ALTER COLUMN nothing SET NOT NULL",
                                "ALTER TABLE orders ALTER COLUMN nothing TYPE bigint",
                                "ALTER TABLE orders ALTER COLUMN nothing DROP DEFAULT",
                                "ALTER TABLE orders ALTER COLUMN nothing ADD GENERATED ALWAYS AS IDENTITY",
                                "ALTER TABLE orders DROP COLUMN note, ALTER note SET NOT NULL",
                                "ALTER TABLE orders RENAME nothing TO other",
                                "ALTER TABLE orders ADD UNIQUE (nothing)",
                                "ALTER TABLE alone ADD PRIMARY KEY (nothing)",
                                "ALTER TABLE orders ADD CHECK (nothing > 0)",
                                "ALTER TABLE orders ADD COLUMN x int CHECK (x > nothing)",
                                "ALTER TABLE orders ADD FOREIGN KEY (nothing) REFERENCES customers",
                                "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (nothing)",
                                "CREATE INDEX i ON orders (nothing)",
                                "CREATE INDEX i ON orders (lower(nothing))",
                                "CREATE INDEX i ON orders (id) INCLUDE (nothing)",
                                "CREATE INDEX i ON orders (id) WHERE nothing > 0",
                                "CREATE TABLE x (a int, UNIQUE (nothing))",
                                "CREATE TABLE x (a int CHECK (nothing > 0))",
                                "CREATE SEQUENCE x OWNED BY orders.nothing"),
                row("missing-constraint", "any statement that names a constraint")
                        .when("the table has none of that name", is(ObjectKind.TABLE_CONSTRAINT))
                        .fails("42704", Failure.When.ALWAYS, "constraint does not exist")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders DROP CONSTRAINT nothing",
                                "ALTER TABLE orders VALIDATE CONSTRAINT nothing",
                                "ALTER TABLE orders RENAME CONSTRAINT nothing TO other"),
                row("missing-trigger", "any statement that names a trigger")
                        .when("the table has none of that name", is(ObjectKind.TRIGGER))
                        .fails("42704", Failure.When.ALWAYS, "trigger does not exist")
                        .sample(
                                World.TRIGGERS,
                                "DROP TRIGGER nothing ON t",
                                "ALTER TRIGGER nothing ON t RENAME TO other"),
                row("missing-type", "any statement that names a type")
                        .when("there is none of that name", is(ObjectKind.TYPE))
                        .fails("42704", Failure.When.ALWAYS, "type does not exist")
                        .sample(
                                World.BROKEN,
                                "ALTER TABLE c ADD COLUMN x lost",
                                "ALTER TABLE c ALTER n TYPE lost USING NULL",
                                "CREATE TABLE x (a lost[])",
                                "CREATE DOMAIN x AS lost",
                                "ALTER TYPE lost ADD VALUE 'b'",
                                "ALTER TYPE lost RENAME TO found",
                                "ALTER DOMAIN lost SET DEFAULT 1",
                                "DROP TYPE lost"));
    }

    private static LockRow.Builder<Missing> row(String id, String form) {
        return LockRow.of(id, Missing.class, form, "errcodes-appendix");
    }

    private static Predicate<Situation<Missing>> is(ObjectKind kind) {
        return situation -> situation.subject().kind() == kind;
    }

    private static boolean isDroppedIndex(Situation<Missing> situation) {
        return situation.statement() instanceof Drop && situation.subject().kind() == ObjectKind.INDEX;
    }

    private static List<LockRow<?>> taken() {
        return List.of(
                LockRow.of("type-exists", TypeStatement.class, "CREATE TYPE, CREATE DOMAIN", "sql-createtype")
                        .when(
                                "the name is taken",
                                situation -> made(situation.subject())
                                        .map(situation.catalog()::created)
                                        .filter(name -> situation
                                                        .catalog()
                                                        .type(name)
                                                        .value()
                                                        .isPresent()
                                                || situation.table(name).isPresent())
                                        .isPresent())
                        .fails("42710", Failure.When.ALWAYS, "type already exists")
                        .sample(
                                World.TYPES,
                                "CREATE TYPE mood AS ENUM ('a')",
                                "CREATE DOMAIN plain AS int",
                                "CREATE TYPE plain AS (a int)",
                                "CREATE TYPE t AS (a int)"),
                LockRow.of("sequence-exists", CreateSequence.class, "CREATE SEQUENCE", "sql-createsequence")
                        .when(
                                "the name is taken",
                                situation -> !situation.subject().ifNotExists()
                                        && situation
                                                .relations()
                                                .exists(situation
                                                        .catalog()
                                                        .created(
                                                                situation
                                                                        .subject()
                                                                        .sequence(),
                                                                situation
                                                                        .subject()
                                                                        .persistence())))
                        .fails("42P07", Failure.When.ALWAYS, "relation already exists")
                        .sample(World.SEQUENCES, "CREATE SEQUENCE s", "CREATE SEQUENCE t"),
                LockRow.of("trigger-exists", CreateTrigger.class, "CREATE TRIGGER", "sql-createtrigger")
                        .when(
                                "the table has one of that name",
                                situation -> !situation.subject().orReplace()
                                        && situation.table().stream()
                                                .flatMap(table -> table.attached().triggers().stream())
                                                .anyMatch(trigger -> trigger.name()
                                                        .equals(situation
                                                                .subject()
                                                                .name()
                                                                .name())))
                        .fails("42710", Failure.When.ALWAYS, "trigger already exists")
                        .sample(World.TRIGGERS, "CREATE TRIGGER g AFTER INSERT ON t EXECUTE FUNCTION note()"),
                rename("rename-relation-to-taken")
                        .when("of a relation, to the name of one there is", situation -> isRelationTaken(situation))
                        .fails("42P07", Failure.When.ALWAYS, "relation already exists")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders RENAME TO customers",
                                "ALTER TABLE orders RENAME TO orders",
                                "ALTER INDEX orders_note RENAME TO customers",
                                "ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO customers"),
                rename("rename-column-to-taken")
                        .when(
                                "of a column, to the name of one that the table has",
                                situation -> situation.subject().kind() == ObjectKind.COLUMN
                                        && situation
                                                .column(situation.subject().newName())
                                                .value()
                                                .isPresent())
                        .fails("42701", Failure.When.ALWAYS, "column already exists")
                        .sample(World.SHOP, "ALTER TABLE orders RENAME note TO id"),
                rename("rename-type-to-taken")
                        .when(
                                "of a type, to the name of one there is",
                                situation -> (situation.subject().kind() == ObjectKind.TYPE
                                                || situation.subject().kind() == ObjectKind.DOMAIN)
                                        && situation
                                                .catalog()
                                                .type(new QualifiedName(
                                                        situation
                                                                .dependents()
                                                                .typeNamed(situation.target())
                                                                .schema(),
                                                        situation.subject().newName()))
                                                .value()
                                                .isPresent())
                        .fails("42710", Failure.When.ALWAYS, "type already exists")
                        .sample(World.TYPES, "ALTER TYPE mood RENAME TO plain", "ALTER DOMAIN word RENAME TO mood"),
                rename("rename-constraint-to-taken")
                        .when(
                                "of a constraint without an index, to the name of one that the table has",
                                situation -> situation.subject().kind() == ObjectKind.TABLE_CONSTRAINT
                                        && !isIndexBacked(situation)
                                        && situation
                                                .constraint(situation.subject().newName())
                                                .filter(known -> isVisible(situation, known))
                                                .isPresent())
                        .fails("42710", Failure.When.ALWAYS, "constraint already exists")
                        .sample(World.CHECKED, "ALTER TABLE t RENAME CONSTRAINT t_a_check TO t_d_check"),
                LockRow.of("move-to-taken", SetSchema.class, "ALTER … SET SCHEMA", "sql-altertable")
                        .when(
                                "there is a relation of that name",
                                situation -> situation.relations().exists(situation.target())
                                        && !situation
                                                .target()
                                                .schema()
                                                .equals(situation.subject().newSchema())
                                        && situation
                                                .relations()
                                                .exists(new QualifiedName(
                                                        situation.subject().newSchema(),
                                                        situation.target().name())))
                        .fails("42P07", Failure.When.ALWAYS, "relation already exists in the schema")
                        .sample(World.SCHEMAS, "ALTER TABLE u SET SCHEMA shop"));
    }

    private static Optional<ObjectName> made(TypeStatement statement) {
        if (statement instanceof TypeStatement.CreateEnum create) {
            return Optional.of(create.type());
        }
        if (statement instanceof TypeStatement.CreateDomain create) {
            return Optional.of(create.domain());
        }
        if (statement instanceof TypeStatement.CreateRange create) {
            return Optional.of(create.type());
        }
        return statement instanceof TypeStatement.CreateCompositeType create
                ? Optional.of(create.type())
                : Optional.empty();
    }

    private static LockRow.Builder<Rename> rename(String id) {
        return LockRow.of(id, Rename.class, "ALTER … RENAME", "sql-altertable");
    }

    private static boolean isRelationTaken(Situation<Rename> situation) {
        boolean renamed = new Missing(situation.subject().kind(), false).isRelation()
                || situation.subject().kind() == ObjectKind.TABLE_CONSTRAINT && isIndexBacked(situation);
        return renamed
                && situation.relations().exists(situation.target())
                && situation
                        .relations()
                        .exists(new QualifiedName(
                                situation.target().schema(), situation.subject().newName()));
    }

    private static boolean isIndexBacked(Situation<Rename> situation) {
        return situation
                .subject()
                .part()
                .flatMap(situation::constraint)
                .filter(known -> known.kind() != TableConstraint.Kind.FOREIGN_KEY)
                .flatMap(TableConstraint::index)
                .isPresent();
    }

    /** NOT NULL has no name before 18. */
    private static boolean isVisible(Situation<?> situation, TableConstraint constraint) {
        return constraint.kind() != TableConstraint.Kind.NOT_NULL
                || situation.version().isAtLeast(PgVersion.V18);
    }
}
