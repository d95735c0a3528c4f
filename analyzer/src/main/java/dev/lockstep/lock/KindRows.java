package dev.lockstep.lock;

import dev.lockstep.catalog.Attached;
import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.UserType;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.AlterAction.AddConstraint;
import dev.lockstep.sql.AlterAction.DropExpression;
import dev.lockstep.sql.AlterAction.ValidateConstraint;
import dev.lockstep.sql.AttachedStatement.AlterPolicy;
import dev.lockstep.sql.AttachedStatement.CreatePolicy;
import dev.lockstep.sql.AttachedStatement.CreateRule;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Identifier;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement.CreateIndex;
import dev.lockstep.sql.Statement.CreateSchema;
import dev.lockstep.sql.Statement.CreateTable;
import dev.lockstep.sql.Statement.CreateTableAs;
import dev.lockstep.sql.Statement.CreateView;
import dev.lockstep.sql.Statement.Drop;
import dev.lockstep.sql.Statement.SetSchema;
import dev.lockstep.sql.TypeStatement.AddEnumValue;
import dev.lockstep.sql.TypeStatement.RenameEnumValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Names that are taken, and things of another kind than a statement asks for. */
final class KindRows {

    private KindRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(relations(), renamed(), types(), attached(), dropped(), others());
    }

    private static <S> LockRow.Builder<S> row(
            String id, Class<S> subject, String form, String condition, Predicate<Situation<S>> applies) {
        return LockRow.of(id, subject, form, "sql-" + form.replace(" ", "").toLowerCase(java.util.Locale.ROOT))
                .when(condition, applies);
    }

    private static List<LockRow<?>> relations() {
        return List.of(
                row(
                                "create-table-as-exists",
                                CreateTableAs.class,
                                "CREATE TABLE AS",
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
                                World.SHOP,
                                "CREATE TABLE orders AS SELECT 1",
                                "CREATE MATERIALIZED VIEW alone AS SELECT 1"),
                row(
                                "create-view-exists",
                                CreateView.class,
                                "CREATE VIEW",
                                "the name is taken",
                                situation -> !situation.subject().orReplace()
                                        && situation.relations().exists(situation.target()))
                        .fails("42P07", Failure.When.ALWAYS, "relation already exists")
                        .sample(World.VIEWS, "CREATE VIEW v AS SELECT 1", "CREATE VIEW t AS SELECT 1"),
                row(
                                "replace-other-than-view",
                                CreateView.class,
                                "CREATE VIEW",
                                "OR REPLACE, and what is there is no view",
                                situation -> situation.subject().orReplace()
                                        && situation.relations().exists(situation.target())
                                        && !situation.isView()
                                        && !isUnclear(situation, situation.target()))
                        .fails("42809", Failure.When.ALWAYS, "not a view")
                        .sample(
                                World.VIEWS,
                                "CREATE OR REPLACE VIEW t AS SELECT 1",
                                "CREATE OR REPLACE VIEW m AS SELECT 1"),
                row(
                                "create-schema-exists",
                                CreateSchema.class,
                                "CREATE SCHEMA",
                                "it exists",
                                situation -> !situation.subject().ifNotExists()
                                        && situation
                                                .subject()
                                                .schema()
                                                .flatMap(name -> situation
                                                        .catalog()
                                                        .schema(name)
                                                        .value())
                                                .isPresent())
                        .fails("42P06", Failure.When.ALWAYS, "schema already exists")
                        .sample(World.SCHEMAS, "CREATE SCHEMA shop"),
                row(
                                "key-name-taken",
                                AddConstraint.class,
                                "ALTER TABLE",
                                "ADD CONSTRAINT of a key under the name of a relation",
                                KindRows::isKeyNameTaken)
                        .fails("42P07", Failure.When.ALWAYS, "relation already exists")
                        .sample(
                                World.KEYS,
                                "ALTER TABLE p ADD CONSTRAINT p_code_key UNIQUE (other)",
                                "ALTER TABLE c ADD CONSTRAINT u UNIQUE (code)"),
                row(
                                "create-table-type-exists",
                                CreateTable.class,
                                "CREATE TABLE",
                                "a type has the name",
                                situation -> situation
                                        .catalog()
                                        .type(situation.target())
                                        .value()
                                        .isPresent())
                        .fails("42710", Failure.When.ALWAYS, "type already exists")
                        .sample(World.TYPES, "CREATE TABLE mood (id int)"),
                row(
                                "missing-schema",
                                CreateTable.class,
                                "CREATE TABLE",
                                "in a schema that is not there",
                                situation -> situation
                                        .subject()
                                        .table()
                                        .schema()
                                        .filter(schema -> situation
                                                .catalog()
                                                .schema(schema)
                                                .isAbsent())
                                        .isPresent())
                        .fails("3F000", Failure.When.ALWAYS, "schema does not exist")
                        .sample(World.BROKEN, "CREATE TABLE away.t (id int)"));
    }

    /** A relation that the history has only shown in use may be anything. */
    private static boolean isUnclear(Situation<?> situation, QualifiedName relation) {
        return situation
                .relations()
                .table(relation)
                .filter(table -> table.kind() == Table.Kind.UNKNOWN)
                .isPresent();
    }

    private static boolean isKeyNameTaken(Situation<AddConstraint> situation) {
        Constraint constraint = situation.subject().constraint();
        boolean makesIndex = constraint instanceof Constraint.Exclusion
                || (constraint instanceof Constraint.Unique || constraint instanceof Constraint.PrimaryKey)
                        && ConstraintRows.usedIndex(situation).isEmpty();
        return makesIndex
                && constraint
                        .name()
                        .map(Identifier::name)
                        .filter(name -> situation
                                .relations()
                                .exists(new QualifiedName(situation.target().schema(), name)))
                        .isPresent();
    }

    private static List<LockRow<?>> renamed() {
        return List.of(row(
                        "set-missing-schema",
                        SetSchema.class,
                        "ALTER TABLE",
                        "SET SCHEMA to one that is not there",
                        situation -> situation
                                .catalog()
                                .schema(situation.subject().newSchema())
                                .isAbsent())
                .fails("3F000", Failure.When.ALWAYS, "schema does not exist")
                .sample(World.BROKEN, "ALTER TABLE c SET SCHEMA away"));
    }

    private static List<LockRow<?>> types() {
        return List.of(
                row(
                                "enum-value-exists",
                                AddEnumValue.class,
                                "ALTER TYPE",
                                "ADD VALUE that it has",
                                situation -> !situation.subject().ifNotExists()
                                        && has(
                                                situation,
                                                situation.subject().type(),
                                                situation.subject().value()))
                        .fails("42710", Failure.When.ALWAYS, "enum label already exists")
                        .sample(World.TYPES, "ALTER TYPE mood ADD VALUE 'ok'"),
                row(
                                "enum-value-renamed-exists",
                                RenameEnumValue.class,
                                "ALTER TYPE",
                                "RENAME VALUE to one that it has",
                                situation -> has(
                                        situation,
                                        situation.subject().type(),
                                        situation.subject().newValue()))
                        .fails("42710", Failure.When.ALWAYS, "enum label already exists")
                        .sample(World.TYPES, "ALTER TYPE mood RENAME VALUE 'ok' TO 'bad'"),
                row(
                                "enum-value-missing",
                                RenameEnumValue.class,
                                "ALTER TYPE",
                                "RENAME VALUE that it does not have",
                                situation ->
                                        values(situation, situation.subject().type())
                                                        .isPresent()
                                                && !has(
                                                        situation,
                                                        situation.subject().type(),
                                                        situation.subject().value()))
                        .fails("22023", Failure.When.ALWAYS, "not an existing enum label")
                        .sample(World.TYPES, "ALTER TYPE mood RENAME VALUE 'nothing' TO 'something'"));
    }

    private static Optional<List<UserType.EnumType.Value>> values(Situation<?> situation, ObjectName type) {
        return situation
                .catalog()
                .type(situation.dependents().typeNamed(situation.resolve(type)))
                .value()
                .filter(UserType.EnumType.class::isInstance)
                .map(UserType.EnumType.class::cast)
                .map(UserType.EnumType::values);
    }

    private static boolean has(Situation<?> situation, ObjectName type, String label) {
        return values(situation, type).stream()
                .flatMap(List::stream)
                .anyMatch(value -> value.label().equals(label));
    }

    private static List<LockRow<?>> attached() {
        return List.of(
                row(
                                "create-rule-exists",
                                CreateRule.class,
                                "CREATE RULE",
                                "the table has one of the name",
                                situation -> !situation.subject().orReplace()
                                        && names(situation, ObjectKind.RULE)
                                                .anyMatch(situation
                                                        .subject()
                                                        .name()
                                                        .name()::equals))
                        .fails("42710", Failure.When.ALWAYS, "rule already exists")
                        .sample(World.TRIGGERS, "CREATE RULE r AS ON UPDATE TO t DO ALSO NOTHING"),
                row(
                                "create-policy-exists",
                                CreatePolicy.class,
                                "CREATE POLICY",
                                "the table has one of the name",
                                situation -> names(situation, ObjectKind.POLICY)
                                        .anyMatch(situation.subject().name().name()::equals))
                        .fails("42710", Failure.When.ALWAYS, "policy already exists")
                        .sample(World.TRIGGERS, "CREATE POLICY p ON t USING (true)"),
                row(
                                "alter-missing-policy",
                                AlterPolicy.class,
                                "ALTER POLICY",
                                "the table has none of the name",
                                situation -> isKnown(situation)
                                        && names(situation, ObjectKind.POLICY)
                                                .noneMatch(situation
                                                        .subject()
                                                        .name()
                                                        .name()::equals))
                        .fails("42704", Failure.When.ALWAYS, "policy does not exist")
                        .sample(World.TRIGGERS, "ALTER POLICY nothing ON t USING (true)"),
                row(
                                "drop-missing-attached",
                                Drop.class,
                                "DROP RULE",
                                "or POLICY; the table has none of the name",
                                situation -> isAttached(situation.subject().kind())
                                        && !situation.subject().ifExists()
                                        && isKnown(situation)
                                        && situation.subject().objects().stream()
                                                .anyMatch(object -> names(
                                                                situation,
                                                                situation
                                                                        .subject()
                                                                        .kind())
                                                        .noneMatch(object.name()::equals)))
                        .fails("42704", Failure.When.ALWAYS, "does not exist")
                        .sample(World.TRIGGERS, "DROP RULE nothing ON t", "DROP POLICY nothing ON t"),
                row(
                                "switch-missing-trigger",
                                AlterAction.Switch.class,
                                "ALTER TABLE",
                                "ENABLE or DISABLE TRIGGER or RULE that the table does not have",
                                situation -> isKnown(situation)
                                        && situation
                                                .subject()
                                                .name()
                                                .filter(name -> names(
                                                                situation,
                                                                situation
                                                                                .subject()
                                                                                .rule()
                                                                        ? ObjectKind.RULE
                                                                        : ObjectKind.TRIGGER)
                                                        .noneMatch(name::equals))
                                                .isPresent())
                        .fails("42704", Failure.When.ALWAYS, "does not exist")
                        .sample(
                                World.TRIGGERS,
                                "ALTER TABLE t DISABLE TRIGGER nothing",
                                "ALTER TABLE t DISABLE RULE nothing"));
    }

    private static boolean isAttached(ObjectKind kind) {
        return kind == ObjectKind.RULE || kind == ObjectKind.POLICY;
    }

    private static boolean isKnown(Situation<?> situation) {
        return situation.table().filter(Table::complete).isPresent();
    }

    private static Stream<String> names(Situation<?> situation, ObjectKind kind) {
        Attached attached = situation.table().map(Table::attached).orElse(Attached.NOTHING);
        return switch (kind) {
            case TRIGGER -> attached.triggers().stream().map(Attached.Trigger::name);
            case POLICY -> attached.policies().stream().map(Attached.Policy::name);
            default -> attached.rules().stream();
        };
    }

    private static List<LockRow<?>> dropped() {
        return List.of(
                row(
                                "drop-other-kind",
                                Drop.class,
                                "DROP TABLE",
                                "or VIEW, MATERIALIZED VIEW, INDEX, SEQUENCE: what has the name is something else",
                                KindRows::isOfAnotherKind)
                        .fails("42809", Failure.When.ALWAYS, "not of that kind")
                        .sample(
                                World.VIEWS,
                                "DROP VIEW t",
                                "DROP TABLE v",
                                "DROP TABLE m",
                                "DROP VIEW m",
                                "DROP MATERIALIZED VIEW v",
                                "DROP INDEX t",
                                "DROP TABLE m_id",
                                "DROP SEQUENCE t",
                                "DROP VIEW IF EXISTS t"),
                row(
                                "drop-missing-schema",
                                Drop.class,
                                "DROP SCHEMA",
                                "it is not there",
                                situation -> situation.subject().kind() == ObjectKind.SCHEMA
                                        && !situation.subject().ifExists()
                                        && situation
                                                .catalog()
                                                .schema(situation.target().name())
                                                .isAbsent())
                        .fails("3F000", Failure.When.ALWAYS, "schema does not exist")
                        .sample(World.BROKEN, "DROP SCHEMA away"),
                row(
                                "drop-domain-of-type",
                                Drop.class,
                                "DROP DOMAIN",
                                "a type that is none",
                                situation -> situation.subject().kind() == ObjectKind.DOMAIN
                                        && situation
                                                .catalog()
                                                .type(situation.dependents().typeNamed(situation.target()))
                                                .value()
                                                .filter(type -> !(type instanceof UserType.Domain))
                                                .isPresent())
                        .fails("42809", Failure.When.ALWAYS, "not a domain")
                        .sample(World.TYPES, "DROP DOMAIN mood"));
    }

    private static boolean isOfAnotherKind(Situation<Drop> situation) {
        QualifiedName name = situation.target();
        Optional<Table.Kind> kind = situation.relations().table(name).map(Table::kind);
        boolean isIndex = situation.isIndex();
        boolean isSequence = situation.dependents().isSequence(name);
        if (kind.filter(known -> known == Table.Kind.UNKNOWN).isPresent()
                || kind.isEmpty() && !isIndex && !isSequence) {
            return false;
        }
        return switch (situation.subject().kind()) {
            case TABLE -> kind.filter(KindRows::isTable).isEmpty();
            case VIEW -> kind.filter(known -> known == Table.Kind.VIEW).isEmpty();
            case MATERIALIZED_VIEW ->
                kind.filter(known -> known == Table.Kind.MATERIALIZED_VIEW).isEmpty();
            case INDEX -> !isIndex;
            case SEQUENCE -> !isSequence;
            default -> false;
        };
    }

    private static boolean isTable(Table.Kind kind) {
        return kind == Table.Kind.TABLE || kind == Table.Kind.PARTITIONED_TABLE;
    }

    private static List<LockRow<?>> others() {
        return List.of(
                row(
                                "drop-expression-of-plain",
                                DropExpression.class,
                                "ALTER TABLE … DROP EXPRESSION",
                                "the column has none",
                                situation -> !situation.subject().ifExists()
                                        && isPlain(
                                                situation,
                                                situation.subject().column(),
                                                column -> column.generation() != Column.Generation.NONE))
                        .fails("55000", Failure.When.ALWAYS, "not a generated column")
                        .sample(World.SHOP, "ALTER TABLE orders ALTER COLUMN id DROP EXPRESSION"),
                row(
                                "validate-key",
                                ValidateConstraint.class,
                                "ALTER TABLE … VALIDATE CONSTRAINT",
                                "a key",
                                situation -> situation
                                        .constraint(situation.subject().name())
                                        .filter(constraint -> constraint.index().isPresent()
                                                && constraint.referenced().isEmpty())
                                        .isPresent())
                        .fails("42809", Failure.When.ALWAYS, "neither a foreign key nor a check")
                        .sample(World.SHOP, "ALTER TABLE orders VALIDATE CONSTRAINT orders_pkey"),
                row("index-on-view", CreateIndex.class, "CREATE INDEX", "on a view", Situation::isView)
                        .fails("42809", Failure.When.ALWAYS, "cannot create index on a view")
                        .sample(World.VIEWS, "CREATE INDEX i ON v (id)"),
                row(
                                "partition-of-plain",
                                CreateTable.class,
                                "CREATE TABLE … PARTITION OF",
                                "a table that is not partitioned",
                                situation -> situation.subject().partitionOf()
                                        && situation.subject().parents().stream()
                                                .map(situation::resolve)
                                                .flatMap(parent -> situation.relations().table(parent).stream())
                                                .anyMatch(parent -> parent.kind() == Table.Kind.TABLE))
                        .fails("42P17", Failure.When.ALWAYS, "table is not partitioned")
                        .sample(World.SHOP, "CREATE TABLE t PARTITION OF orders DEFAULT"));
    }

    private static boolean isPlain(Situation<?> situation, String column, Predicate<Column> special) {
        return situation.table().filter(Table::complete).isPresent()
                && situation.column(column).value().filter(special.negate()).isPresent();
    }
}
