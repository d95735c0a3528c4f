package dev.lockstep.lock;

import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Expressions;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.AlterAction.AddConstraint;
import dev.lockstep.sql.AlterAction.AlterColumnType;
import dev.lockstep.sql.AlterAction.DropColumn;
import dev.lockstep.sql.AlterAction.DropConstraint;
import dev.lockstep.sql.AlterAction.DropExpression;
import dev.lockstep.sql.AlterAction.DropIdentity;
import dev.lockstep.sql.AlterAction.DropNotNull;
import dev.lockstep.sql.AlterAction.ValidateConstraint;
import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Identifier;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectStatement;
import dev.lockstep.sql.Statement.CreateIndex;
import dev.lockstep.sql.Statement.CreateTable;
import dev.lockstep.sql.Statement.IndexKey;
import dev.lockstep.sql.Statement.Insert;
import dev.lockstep.sql.Statement.Update;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Columns and constraints that are not there, or not of the kind a statement asks for. */
final class ColumnMistakeRows {

    private static final Set<String> SYSTEM_COLUMNS = Set.of("tableoid", "ctid", "xmin", "xmax", "cmin", "cmax");

    private ColumnMistakeRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(actions(), kinds(), definitions(), references());
    }

    private static <S> LockRow.Builder<S> row(
            String id, Class<S> subject, String form, String condition, Predicate<Situation<S>> applies) {
        return LockRow.of(id, subject, form, "sql-" + manual(form)).when(condition, applies);
    }

    private static String manual(String form) {
        String words = form.replaceAll(" ….*", "").toLowerCase(java.util.Locale.ROOT);
        return words.replace(" ", "");
    }

    private static List<LockRow<?>> actions() {
        return List.of(
                row(
                                "missing-column",
                                AlterAction.class,
                                "ALTER TABLE … COLUMN",
                                "a column that the table does not have",
                                situation -> named(situation.subject())
                                        .filter(column -> isMissing(situation, column))
                                        .isPresent())
                        .fails("42703", Failure.When.ALWAYS, "column does not exist")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders DROP COLUMN nothing",
                                "ALTER TABLE orders ALTER COLUMN nothing SET NOT NULL",
                                "ALTER TABLE orders ALTER COLUMN nothing DROP NOT NULL",
                                "ALTER TABLE orders ALTER COLUMN nothing TYPE bigint",
                                "ALTER TABLE orders ALTER COLUMN nothing SET DEFAULT 1",
                                "ALTER TABLE orders ALTER COLUMN nothing DROP DEFAULT",
                                "ALTER TABLE orders ALTER COLUMN nothing SET STATISTICS 5",
                                "ALTER TABLE orders ALTER COLUMN nothing ADD GENERATED ALWAYS AS IDENTITY",
                                "ALTER TABLE orders ALTER COLUMN nothing SET GENERATED ALWAYS",
                                "ALTER TABLE orders ALTER COLUMN nothing DROP IDENTITY IF EXISTS",
                                "ALTER TABLE orders ALTER COLUMN nothing DROP EXPRESSION"),
                row(
                                "missing-constraint",
                                AlterAction.class,
                                "ALTER TABLE … CONSTRAINT",
                                "a constraint that the table does not have",
                                situation -> namedConstraint(situation.subject())
                                        .filter(name -> situation
                                                .table()
                                                .filter(table ->
                                                        table.constraint(name).isAbsent())
                                                .isPresent())
                                        .isPresent())
                        .fails("42704", Failure.When.ALWAYS, "constraint does not exist")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders DROP CONSTRAINT nothing",
                                "ALTER TABLE orders VALIDATE CONSTRAINT nothing"),
                row(
                                "constraint-missing-column",
                                AddConstraint.class,
                                "ALTER TABLE … ADD CONSTRAINT",
                                "over a column that the table does not have",
                                situation -> columns(situation.subject().constraint())
                                        .anyMatch(column -> isMissing(situation, column)))
                        .fails("42703", Failure.When.ALWAYS, "column does not exist")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD UNIQUE (nothing)",
                                "ALTER TABLE alone ADD PRIMARY KEY (nothing)",
                                "ALTER TABLE orders ADD CHECK (nothing > 0)",
                                "ALTER TABLE orders ADD FOREIGN KEY (nothing) REFERENCES customers"));
    }

    private static boolean isMissing(Situation<?> situation, String column) {
        boolean isTable = situation
                .table()
                .filter(table -> table.kind() != Table.Kind.VIEW)
                .isPresent();
        return isTable
                && !SYSTEM_COLUMNS.contains(column)
                && !column.equals(situation.target().name())
                && situation.column(column).isAbsent();
    }

    private static Optional<String> named(AlterAction action) {
        if (action instanceof DropColumn drop) {
            return drop.ifExists() ? Optional.empty() : Optional.of(drop.column());
        }
        if (action instanceof AlterAction.ColumnSetting setting) {
            return Optional.of(setting.column());
        }
        if (action instanceof AlterColumnType alter) {
            return Optional.of(alter.column());
        }
        return nullability(action).or(() -> generation(action));
    }

    private static Optional<String> nullability(AlterAction action) {
        if (action instanceof AlterAction.SetNotNull set) {
            return Optional.of(set.column());
        }
        if (action instanceof DropNotNull drop) {
            return Optional.of(drop.column());
        }
        if (action instanceof AlterAction.SetDefault set) {
            return Optional.of(set.column());
        }
        return action instanceof AlterAction.DropDefault drop ? Optional.of(drop.column()) : Optional.empty();
    }

    private static Optional<String> generation(AlterAction action) {
        if (action instanceof AlterAction.AddIdentity add) {
            return Optional.of(add.column());
        }
        if (action instanceof AlterAction.SetIdentity set) {
            return Optional.of(set.column());
        }
        if (action instanceof DropIdentity drop) {
            return Optional.of(drop.column());
        }
        if (action instanceof AlterAction.SetExpression set) {
            return Optional.of(set.column());
        }
        return action instanceof DropExpression drop ? Optional.of(drop.column()) : Optional.empty();
    }

    private static Optional<String> namedConstraint(AlterAction action) {
        if (action instanceof DropConstraint drop) {
            return drop.ifExists() ? Optional.empty() : Optional.of(drop.name());
        }
        return action instanceof ValidateConstraint validate ? Optional.of(validate.name()) : Optional.empty();
    }

    /** The columns of its own table that a constraint names. */
    private static Stream<String> columns(Constraint constraint) {
        if (constraint instanceof Constraint.Check check) {
            return Expressions.columns(check.expression()).stream();
        }
        if (constraint instanceof Constraint.ForeignKey key) {
            return key.columns().stream();
        }
        if (constraint instanceof Constraint.Unique unique) {
            return Stream.concat(unique.columns().stream(), unique.included().stream());
        }
        return constraint instanceof Constraint.PrimaryKey key
                ? Stream.concat(key.columns().stream(), key.included().stream())
                : Stream.empty();
    }

    private static List<LockRow<?>> kinds() {
        return List.of(
                row(
                                "drop-identity-of-plain",
                                DropIdentity.class,
                                "ALTER TABLE … DROP IDENTITY",
                                "the column has none",
                                situation -> !situation.subject().ifExists()
                                        && isPlain(
                                                situation, situation.subject().column(), Column::identity))
                        .fails("55000", Failure.When.ALWAYS, "not an identity column")
                        .sample(World.SHOP, "ALTER TABLE orders ALTER COLUMN id DROP IDENTITY"),
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
                                "drop-not-null-of-key",
                                DropNotNull.class,
                                "ALTER TABLE … DROP NOT NULL",
                                "a column of the primary key",
                                situation -> situation
                                        .table()
                                        .flatMap(Table::primaryKey)
                                        .filter(key -> key.columns()
                                                .contains(situation.subject().column()))
                                        .isPresent())
                        .fails("42P16", Failure.When.ALWAYS, "column is in a primary key")
                        .sample(World.SHOP, "ALTER TABLE orders ALTER COLUMN id DROP NOT NULL"),
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
                        .sample(World.SHOP, "ALTER TABLE orders VALIDATE CONSTRAINT orders_pkey"));
    }

    private static boolean isPlain(Situation<?> situation, String column, Predicate<Column> special) {
        return situation.table().filter(Table::complete).isPresent()
                && situation.column(column).value().filter(special.negate()).isPresent();
    }

    private static List<LockRow<?>> definitions() {
        return List.of(
                row(
                                "index-missing-column",
                                CreateIndex.class,
                                "CREATE INDEX",
                                "over a column that the table does not have",
                                situation -> Stream.of(
                                                situation.subject().keys().stream()
                                                        .flatMap(ColumnMistakeRows::columns),
                                                situation.subject().included().stream(),
                                                situation.subject().predicate().map(Expressions::columns).stream()
                                                        .flatMap(Collection::stream))
                                        .flatMap(columns -> columns)
                                        .anyMatch(column -> isMissing(situation, column)))
                        .fails("42703", Failure.When.ALWAYS, "column does not exist")
                        .sample(
                                World.SHOP,
                                "CREATE INDEX i ON orders (nothing)",
                                "CREATE INDEX i ON orders (lower(nothing))",
                                "CREATE INDEX i ON orders (note) INCLUDE (nothing)",
                                "CREATE INDEX i ON orders (note) WHERE nothing > 1"),
                row("index-on-view", CreateIndex.class, "CREATE INDEX", "on a view", Situation::isView)
                        .fails("42809", Failure.When.ALWAYS, "cannot create index on a view")
                        .sample(World.VIEWS, "CREATE INDEX i ON v (id)"),
                row(
                                "create-table-column-twice",
                                CreateTable.class,
                                "CREATE TABLE",
                                "with two columns of one name",
                                situation -> !situation.subject().columns().stream()
                                        .map(column -> column.name().name())
                                        .allMatch(new HashSet<String>()::add))
                        .fails("42701", Failure.When.ALWAYS, "column specified more than once")
                        .sample(World.SHOP, "CREATE TABLE t (a int, a int)"),
                row(
                                "create-table-missing-column",
                                CreateTable.class,
                                "CREATE TABLE",
                                "with a constraint over a column that it does not have",
                                ColumnMistakeRows::lacksColumn)
                        .fails("42703", Failure.When.ALWAYS, "column does not exist")
                        .sample(
                                World.SHOP,
                                "CREATE TABLE t (a int, CHECK (b > 0))",
                                "CREATE TABLE t (a int, PRIMARY KEY (b))",
                                "CREATE TABLE t (a bigint, FOREIGN KEY (b) REFERENCES customers)"),
                row(
                                "create-table-two-primary-keys",
                                CreateTable.class,
                                "CREATE TABLE",
                                "with two primary keys",
                                situation -> constraints(situation.subject())
                                                .filter(Constraint.PrimaryKey.class::isInstance)
                                                .count()
                                        > 1)
                        .fails("42P16", Failure.When.ALWAYS, "multiple primary keys are not allowed")
                        .sample(World.SHOP, "CREATE TABLE t (a int PRIMARY KEY, b int PRIMARY KEY)"),
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
                        .sample(World.SHOP, "CREATE TABLE t PARTITION OF orders DEFAULT"),
                row(
                                "insert-missing-column",
                                Insert.class,
                                "INSERT",
                                "into a column that the table does not have",
                                situation -> situation.subject().columns().stream()
                                        .anyMatch(column -> isMissing(situation, column)))
                        .fails("42703", Failure.When.ALWAYS, "column does not exist")
                        .sample(World.SHOP, "INSERT INTO orders (nothing) VALUES (1)"),
                row(
                                "update-missing-column",
                                Update.class,
                                "UPDATE",
                                "of a column that the table does not have",
                                situation -> situation.subject().columns().stream()
                                        .anyMatch(column -> isMissing(situation, column)))
                        .fails("42703", Failure.When.ALWAYS, "column does not exist")
                        .sample(World.SHOP, "UPDATE orders SET nothing = 1"),
                row(
                                "comment-missing-column",
                                ObjectStatement.Comment.class,
                                "COMMENT",
                                "on a column that the table does not have",
                                situation -> situation.subject().kind() == ObjectKind.COLUMN
                                        && situation
                                                .subject()
                                                .part()
                                                .filter(column -> isMissing(situation, column))
                                                .isPresent())
                        .fails("42703", Failure.When.ALWAYS, "column does not exist")
                        .sample(World.SHOP, "COMMENT ON COLUMN orders.nothing IS 'x'"));
    }

    private static Stream<String> columns(IndexKey key) {
        return Stream.concat(
                key.column().stream(),
                key.expression().map(Expressions::columns).stream().flatMap(Collection::stream));
    }

    private static Stream<Constraint> constraints(CreateTable create) {
        return Stream.concat(
                create.constraints().stream(),
                create.columns().stream().flatMap(column -> column.constraints().stream()));
    }

    /** Of a table that gets its columns from nowhere else. */
    private static boolean lacksColumn(Situation<CreateTable> situation) {
        CreateTable create = situation.subject();
        if (!create.parents().isEmpty()
                || !create.likes().isEmpty()
                || create.ofType().isPresent()
                || create.ifNotExists() && situation.relations().exists(situation.target())) {
            return false;
        }
        Set<String> own = create.columns().stream()
                .map(ColumnDefinition::name)
                .map(Identifier::name)
                .collect(Collectors.toSet());
        return constraints(create)
                .flatMap(ColumnMistakeRows::columns)
                .anyMatch(column -> !own.contains(column)
                        && !SYSTEM_COLUMNS.contains(column)
                        && !column.equals(situation.target().name()));
    }

    private static List<LockRow<?>> references() {
        return Stream.of(
                        referencing(
                                "add-foreign-key",
                                AddConstraint.class,
                                "ALTER TABLE … ADD FOREIGN KEY",
                                situation -> Stream.of(situation.subject().constraint()),
                                "ALTER TABLE lines ADD FOREIGN KEY (order_id) REFERENCES %s"),
                        referencing(
                                "add-column",
                                AlterAction.AddColumn.class,
                                "ALTER TABLE … ADD COLUMN",
                                situation -> situation.subject().column().constraints().stream(),
                                "ALTER TABLE lines ADD COLUMN c int REFERENCES %s"),
                        referencing(
                                "create-table",
                                CreateTable.class,
                                "CREATE TABLE",
                                situation -> constraints(situation.subject()),
                                "CREATE TABLE t (c int REFERENCES %s)"))
                .flatMap(List::stream)
                .<LockRow<?>>map(row -> row)
                .toList();
    }

    private static <S> List<LockRow<S>> referencing(
            String id,
            Class<S> subject,
            String form,
            java.util.function.Function<Situation<S>, Stream<Constraint>> constraints,
            String sample) {
        return List.of(
                row(
                                id + "-references-missing-column",
                                subject,
                                form,
                                "REFERENCES a column that the other table does not have",
                                situation -> keys(constraints.apply(situation))
                                        .anyMatch(key -> key.referencedColumns().stream()
                                                .anyMatch(column -> referenced(situation, key)
                                                        .filter(table -> table.column(column)
                                                                .isAbsent())
                                                        .isPresent())))
                        .fails(
                                "42703",
                                Failure.When.ALWAYS,
                                "column referenced in foreign key constraint does not exist")
                        .sample(World.SHOP, sample.formatted("orders (nothing)")),
                row(
                                id + "-references-no-key",
                                subject,
                                form,
                                "REFERENCES columns that no unique constraint covers",
                                situation -> keys(constraints.apply(situation))
                                        .anyMatch(key ->
                                                !key.referencedColumns().isEmpty()
                                                        && referenced(situation, key)
                                                                .filter(table -> table.kind() == Table.Kind.TABLE
                                                                        && table.complete()
                                                                        && key.referencedColumns().stream()
                                                                                .allMatch(column -> table.column(column)
                                                                                        .value()
                                                                                        .isPresent()))
                                                                .isPresent()
                                                        && situation
                                                                .relations()
                                                                .referencedIndexes(key)
                                                                .isEmpty()))
                        .fails("42830", Failure.When.ALWAYS, "there is no unique constraint matching given keys")
                        .sample(World.SHOP, sample.formatted("orders (total)")),
                row(
                                id + "-references-no-primary-key",
                                subject,
                                form,
                                "REFERENCES a table without a primary key",
                                situation -> keys(constraints.apply(situation))
                                        .anyMatch(key -> key.referencedColumns().isEmpty()
                                                && referenced(situation, key)
                                                        .filter(table -> table.kind() == Table.Kind.TABLE
                                                                && table.complete()
                                                                && table.primaryKey()
                                                                        .isEmpty())
                                                        .isPresent()))
                        .fails("42704", Failure.When.ALWAYS, "there is no primary key for referenced table")
                        .sample(World.SHOP, sample.formatted("alone")));
    }

    private static Stream<Constraint.ForeignKey> keys(Stream<Constraint> constraints) {
        return constraints.filter(Constraint.ForeignKey.class::isInstance).map(Constraint.ForeignKey.class::cast);
    }

    /** The other table: a reference to a table's own columns may be made with them. */
    private static Optional<Table> referenced(Situation<?> situation, Constraint.ForeignKey key) {
        QualifiedName parent = situation.resolve(key.referenced());
        return parent.equals(situation.target()) || key.period()
                ? Optional.empty()
                : situation.relations().table(parent);
    }
}
