package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.ACCESS_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ACCESS_SHARE;
import static dev.lockstep.lock.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Sequence;
import dev.lockstep.catalog.Table;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.AlterAction.AddIdentity;
import dev.lockstep.sql.AlterAction.ColumnSetting;
import dev.lockstep.sql.AlterAction.DropColumn;
import dev.lockstep.sql.AlterAction.DropDefault;
import dev.lockstep.sql.AlterAction.DropExpression;
import dev.lockstep.sql.AlterAction.DropIdentity;
import dev.lockstep.sql.AlterAction.DropNotNull;
import dev.lockstep.sql.AlterAction.SetDefault;
import dev.lockstep.sql.AlterAction.SetExpression;
import dev.lockstep.sql.AlterAction.SetIdentity;
import dev.lockstep.sql.AlterAction.SetNotNull;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What ALTER TABLE does to columns that are there, their types aside. */
final class ColumnRows {

    private ColumnRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(defaults(), notNull(), drop(), settings(), identity());
    }

    private static <S extends AlterAction> LockRow.Builder<S> row(String id, Class<S> action, String form) {
        return LockRow.of(id, action, "ALTER TABLE … " + form, "sql-altertable");
    }

    private static List<LockRow<?>> drop() {
        return List.of(
                drop("drop-column")
                        .when("", situation -> !situation.isAttribute())
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.PARTITIONS,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> isDropped(situation) ? reached(situation) : List.of())
                        .sample(
                                World.SHOP,
                                "ALTER TABLE alone DROP COLUMN b",
                                "ALTER TABLE orders DROP COLUMN IF EXISTS nothing")
                        .also(World.EVENTS, "ALTER TABLE events DROP COLUMN IF EXISTS nothing")
                        .also(World.INHERITED, "ALTER TABLE ONLY parent DROP COLUMN a"),
                drop("drop-column-indexed")
                        .when("an index names the column", ColumnRows::isDropped)
                        .lock(
                                Role.INDEXES,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation
                                        .relations()
                                        .indexesOf(losing(situation), index -> index.uses(column(situation))))
                        .sample(World.SHOP, "ALTER TABLE orders DROP COLUMN note")
                        .also(
                                World.INDEXED,
                                "ALTER TABLE t DROP COLUMN v",
                                "ALTER TABLE t DROP COLUMN w",
                                "ALTER TABLE t DROP COLUMN nm")
                        .also(World.NESTED, "ALTER TABLE e DROP COLUMN id")
                        .also(
                                World.MISFITS,
                                "ALTER TABLE ancestor DROP COLUMN own",
                                "ALTER TABLE ancestor DROP COLUMN a"),
                drop("drop-column-foreign-key")
                        .when("a foreign key uses the column", ColumnRows::isDropped)
                        .lock(
                                Role.REFERENCED,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation ->
                                        situation.relations().referencedOver(situation.target(), column(situation)))
                        .sample(World.SHOP, "ALTER TABLE orders DROP COLUMN customer_id")
                        .also(World.EVENTS, "ALTER TABLE events DROP COLUMN kind"),
                drop("drop-column-referenced")
                        .when(
                                "CASCADE, and a foreign key refers to the column",
                                situation -> isDropped(situation)
                                        && situation.subject().cascade())
                        .lock(
                                Role.REFERENCING,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation ->
                                        situation.relations().referencingOver(situation.target(), column(situation)))
                        .sample(World.SHOP, "ALTER TABLE customers DROP COLUMN id CASCADE"),
                drop("drop-column-view")
                        .when(
                                "CASCADE, and a view reads the column",
                                situation -> isDropped(situation)
                                        && situation.subject().cascade())
                        .lock(
                                Role.DEPENDENTS,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.dependents().viewsOver(situation.target(), column(situation)))
                        .sample(World.VIEWS, "ALTER TABLE t DROP COLUMN a CASCADE"),
                drop("drop-column-sequence")
                        .when("serial or identity", ColumnRows::isDropped)
                        .lock(
                                Role.SEQUENCES,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.dependents().sequencesOf(situation.target(), column(situation)))
                        .sample(
                                World.SEQUENCES,
                                "ALTER TABLE t DROP COLUMN n",
                                "ALTER TABLE t DROP COLUMN id",
                                "ALTER TABLE t DROP COLUMN x")
                        .also(World.NUMBERED, "ALTER TABLE drawn DROP COLUMN n"),
                drop("drop-column-drawn-from")
                        .when(
                                "CASCADE, and a default draws from a sequence of the column's",
                                situation -> isDropped(situation)
                                        && situation.subject().cascade())
                        .lock(
                                Role.DEPENDENTS,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation
                                        .dependents()
                                        .drawingFrom(situation
                                                .dependents()
                                                .sequencesOf(situation.target(), column(situation))))
                        .sample(World.NUMBERED, "ALTER TABLE owner DROP COLUMN n CASCADE"),
                drop("drop-column-needed")
                        .when(
                                "no CASCADE, and a foreign key, a view or a default of another table needs the column",
                                situation -> isDropped(situation)
                                        && !situation.subject().cascade()
                                        && situation.dependents().needColumn(situation.target(), column(situation)))
                        .fails("2BP01", Failure.When.ALWAYS, "other objects depend on the column")
                        .sample(World.SHOP, "ALTER TABLE customers DROP COLUMN id")
                        .also(World.VIEWS, "ALTER TABLE t DROP COLUMN a", "ALTER TABLE t DROP COLUMN b")
                        .also(World.NUMBERED, "ALTER TABLE owner DROP COLUMN n"),
                LockRow.of("drop-attribute", DropColumn.class, "ALTER TYPE … DROP ATTRIBUTE", "sql-altertype")
                        .when("", Situation::isAttribute)
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.COMPOSITE, "ALTER TYPE pair DROP ATTRIBUTE y CASCADE"));
    }

    private static LockRow.Builder<DropColumn> drop(String id) {
        return row(id, DropColumn.class, "DROP COLUMN");
    }

    private static String column(Situation<DropColumn> situation) {
        return situation.subject().column();
    }

    private static boolean isDropped(Situation<DropColumn> situation) {
        return !situation.isAttribute()
                && !situation.column(situation.subject().column()).isAbsent();
    }

    private static List<QualifiedName> losing(Situation<DropColumn> situation) {
        return situation.only()
                ? List.of(situation.target())
                : situation.relations().losing(situation.target(), column(situation));
    }

    /** The children of what loses the column, whether they lose it too or keep it. */
    private static List<QualifiedName> reached(Situation<DropColumn> situation) {
        return losing(situation).stream()
                .flatMap(table -> situation.catalog().childrenOf(table).stream())
                .map(Table::name)
                .distinct()
                .toList();
    }

    private static List<LockRow<?>> defaults() {
        return List.of(
                row("set-default", SetDefault.class, "SET DEFAULT")
                        .tree(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.SEQUENCES,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> situation
                                        .dependents()
                                        .sequencesIn(situation.subject().expression()))
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'x'",
                                "ALTER TABLE orders ALTER COLUMN note SET DEFAULT clock_timestamp()::text")
                        .also(World.EVENTS, "ALTER TABLE events ALTER COLUMN kind SET DEFAULT 1")
                        .also(World.SEQUENCES, "ALTER TABLE t ALTER COLUMN x SET DEFAULT nextval('s')")
                        .also(World.VIEWS, "ALTER VIEW v ALTER COLUMN a SET DEFAULT 'x'"),
                row("drop-default", DropDefault.class, "DROP DEFAULT")
                        .tree(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "ALTER TABLE orders ALTER COLUMN total DROP DEFAULT")
                        .also(World.NESTED, "ALTER TABLE e ALTER id DROP DEFAULT"));
    }

    private static List<LockRow<?>> notNull() {
        return List.of(
                row("set-not-null", SetNotNull.class, "SET NOT NULL")
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(Role.PARTITIONS, ACCESS_EXCLUSIVE, Work.NONE, ColumnRows::stillNullable)
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ALTER COLUMN total SET NOT NULL",
                                "ALTER TABLE orders ALTER COLUMN id SET NOT NULL")
                        .also(World.EVENTS, "ALTER TABLE events ALTER COLUMN id SET NOT NULL")
                        .also(World.NESTED, "ALTER TABLE e ALTER r SET NOT NULL")
                        .also(
                                World.PROOF,
                                "ALTER TABLE t ALTER COLUMN a SET NOT NULL",
                                "ALTER TABLE t ALTER COLUMN c SET NOT NULL"),
                row("set-not-null-unproven", SetNotNull.class, "SET NOT NULL")
                        .when(
                                "no validated CHECK proves it",
                                situation -> !unproven(situation).isEmpty())
                        .work(Role.TREE, Work.SCAN, ColumnRows::unproven)
                        .fails("23502", Failure.When.IF_A_ROW_VIOLATES, "column contains null values")
                        .sample(World.SHOP, "ALTER TABLE orders ALTER COLUMN note SET NOT NULL")
                        .also(
                                World.PROOF,
                                "ALTER TABLE t ALTER COLUMN b SET NOT NULL",
                                "ALTER TABLE t ALTER COLUMN a SET NOT NULL, DROP CONSTRAINT a_nn")
                        .also(World.BROKEN, "ALTER TABLE c ALTER n SET NOT NULL")
                        .also(World.EVENTS, "ALTER TABLE events ALTER COLUMN kind SET NOT NULL")
                        .also(World.INHERITED, "ALTER TABLE parent ALTER COLUMN a SET NOT NULL"),
                row("drop-not-null", DropNotNull.class, "DROP NOT NULL")
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "ALTER TABLE orders ALTER COLUMN total DROP NOT NULL"),
                row("drop-not-null-of-children", DropNotNull.class, "DROP NOT NULL")
                        .when(
                                "with children; from 18 on only when there is a constraint to drop",
                                situation -> !situation.version().isAtLeast(PgVersion.V18)
                                        || situation
                                                .column(situation.subject().column())
                                                .value()
                                                .flatMap(Column::notNull)
                                                .orElse(true))
                        .lock(Role.PARTITIONS, ACCESS_EXCLUSIVE, Work.NONE, ColumnRows::told)
                        .sample(World.NESTED, "ALTER TABLE e ALTER id DROP NOT NULL")
                        .also(
                                World.BARE,
                                "ALTER TABLE events ALTER at DROP NOT NULL",
                                "ALTER TABLE ONLY events ALTER at DROP NOT NULL"));
    }

    /** Under ONLY children keep their constraint, which from 18 on is then marked as their own. */
    private static List<QualifiedName> told(Situation<DropNotNull> situation) {
        return situation.only() && situation.version().isAtLeast(PgVersion.V18)
                ? situation.catalog().childrenOf(situation.target()).stream()
                        .map(Table::name)
                        .toList()
                : situation.below();
    }

    /** What is below the target, unless the target's column is NOT NULL already. */
    private static List<QualifiedName> stillNullable(Situation<SetNotNull> situation) {
        boolean isThere = situation
                .column(situation.subject().column())
                .value()
                .flatMap(Column::notNull)
                .orElse(false);
        return isThere ? List.of() : situation.below();
    }

    private static List<QualifiedName> unproven(Situation<SetNotNull> situation) {
        return Relations.<QualifiedName>concat(List.of(situation.target()), stillNullable(situation)).stream()
                .filter(table ->
                        !situation.isProvenNotNull(table, situation.subject().column()))
                .toList();
    }

    private static List<LockRow<?>> settings() {
        Set<ColumnSetting.Kind> ofOneTable = Set.of(ColumnSetting.Kind.SET_OPTIONS, ColumnSetting.Kind.RESET_OPTIONS);
        return List.of(
                row("set-statistics", ColumnSetting.class, "SET STATISTICS")
                        .when(
                                "",
                                situation -> situation.subject().kind() == ColumnSetting.Kind.STATISTICS
                                        && !situation.isIndex())
                        .tree(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "ALTER TABLE orders ALTER COLUMN note SET STATISTICS 500")
                        .also(World.EVENTS, "ALTER TABLE events ALTER COLUMN kind SET STATISTICS 10")
                        .also(World.VIEWS, "ALTER MATERIALIZED VIEW m ALTER COLUMN b SET STATISTICS 10"),
                row("set-column-options", ColumnSetting.class, "ALTER COLUMN … SET (…)")
                        .when(
                                "",
                                situation ->
                                        ofOneTable.contains(situation.subject().kind()))
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ALTER COLUMN note SET (n_distinct = 5)",
                                "ALTER TABLE orders ALTER COLUMN note RESET (n_distinct)")
                        .also(World.NESTED, "ALTER TABLE e ALTER id SET (n_distinct = 5)"),
                row("set-storage", ColumnSetting.class, "SET STORAGE")
                        .when("", situation -> situation.subject().kind() == ColumnSetting.Kind.STORAGE)
                        .tree(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "ALTER TABLE orders ALTER COLUMN note SET STORAGE EXTERNAL")
                        .also(World.INHERITED, "ALTER TABLE parent ALTER COLUMN a SET STORAGE EXTERNAL"),
                row("set-compression", ColumnSetting.class, "SET COMPRESSION")
                        .when("", situation -> situation.subject().kind() == ColumnSetting.Kind.COMPRESSION)
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "ALTER TABLE orders ALTER COLUMN note SET COMPRESSION pglz")
                        .also(World.NESTED, "ALTER TABLE e ALTER r SET COMPRESSION pglz"),
                LockRow.of("index-statistics", ColumnSetting.class, "ALTER INDEX … SET STATISTICS", "sql-alterindex")
                        .when(
                                "",
                                situation -> situation.subject().kind() == ColumnSetting.Kind.STATISTICS
                                        && situation.isIndex())
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .sample(World.INDEXED, "ALTER INDEX t_lower_v ALTER COLUMN 1 SET STATISTICS 10"));
    }

    private static List<LockRow<?>> identity() {
        return List.of(
                row("add-identity", AddIdentity.class, "ADD GENERATED … AS IDENTITY")
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "ALTER TABLE orders ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY"),
                inPartitions("add-identity-to-partitions", AddIdentity.class, "ADD GENERATED … AS IDENTITY")
                        .sample(World.NUMBERED, "ALTER TABLE parts ALTER id ADD GENERATED ALWAYS AS IDENTITY"),
                row("add-identity-nullable", AddIdentity.class, "ADD GENERATED … AS IDENTITY")
                        .when(
                                "the column allows NULL, or has a default or an identity",
                                situation -> situation
                                        .column(situation.subject().column())
                                        .value()
                                        .filter(column -> column.notNull()
                                                        .filter(yes -> !yes)
                                                        .isPresent()
                                                || column.defaultValue().isPresent()
                                                || column.identity()
                                                        && !FamilyRows.lacksIdentity(
                                                                situation,
                                                                situation
                                                                        .subject()
                                                                        .column()))
                                        .isPresent())
                        .fails(
                                "55000",
                                Failure.When.ALWAYS,
                                "column must be NOT NULL, without a default and without identity")
                        .sample(World.SHOP, "ALTER TABLE orders ALTER COLUMN total ADD GENERATED ALWAYS AS IDENTITY")
                        .also(
                                World.SEQUENCES,
                                "ALTER TABLE t ALTER COLUMN x ADD GENERATED ALWAYS AS IDENTITY",
                                "ALTER TABLE t ALTER COLUMN n ADD GENERATED ALWAYS AS IDENTITY"),
                row("set-identity", SetIdentity.class, "SET GENERATED …")
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(Role.SEQUENCES, SHARE_ROW_EXCLUSIVE, Work.NONE, sequencesOf(SetIdentity::column))
                        .sample(World.SEQUENCES, "ALTER TABLE t ALTER COLUMN n SET GENERATED BY DEFAULT"),
                inPartitions("set-identity-of-partitions", SetIdentity.class, "SET GENERATED …")
                        .sample(World.NUMBERED, "ALTER TABLE parts ALTER k SET GENERATED BY DEFAULT"),
                row("set-identity-options", SetIdentity.class, "SET GENERATED …")
                        .when(
                                "RESTART or another option of the sequence",
                                situation -> !situation.subject().options().isEmpty())
                        .work(Role.SEQUENCES, Work.NEW_FILES, sequencesOf(SetIdentity::column))
                        .sample(World.SEQUENCES, "ALTER TABLE t ALTER COLUMN n RESTART"),
                row("drop-identity", DropIdentity.class, "DROP IDENTITY")
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(Role.SEQUENCES, ACCESS_EXCLUSIVE, Work.NONE, ColumnRows::identitySequences)
                        .sample(
                                World.SEQUENCES,
                                "ALTER TABLE t ALTER COLUMN n DROP IDENTITY",
                                "ALTER TABLE t ALTER COLUMN id DROP IDENTITY IF EXISTS")
                        .also(World.NUMBERED, "ALTER TABLE parts ALTER id DROP IDENTITY IF EXISTS"),
                inPartitions("drop-identity-of-partitions", DropIdentity.class, "DROP IDENTITY")
                        .when(
                                "of a partitioned table",
                                situation -> situation.isPartitioned()
                                        && situation
                                                .column(situation.subject().column())
                                                .value()
                                                .filter(Column::identity)
                                                .isPresent())
                        .sample(World.NUMBERED, "ALTER TABLE parts ALTER k DROP IDENTITY"),
                row("set-expression", SetExpression.class, "SET EXPRESSION")
                        .when(
                                "a stored column",
                                situation -> !situation
                                        .relations()
                                        .isVirtual(
                                                situation.target(),
                                                situation.subject().column()))
                        .since(PgVersion.V17)
                        .tree(ACCESS_EXCLUSIVE, Work.REWRITE)
                        .indexes(ACCESS_EXCLUSIVE, Work.INDEX_BUILD)
                        .sample(World.SEQUENCES, "ALTER TABLE t ALTER COLUMN g SET EXPRESSION AS (6)")
                        .also(World.GENERATED, "ALTER TABLE parent ALTER COLUMN g SET EXPRESSION AS (6)"),
                row("set-expression-unknown", SetExpression.class, "SET EXPRESSION")
                        .until(PgVersion.V16)
                        .fails("42601", Failure.When.ALWAYS, "SET EXPRESSION needs PostgreSQL 17")
                        .sample(World.SEQUENCES, "ALTER TABLE t ALTER COLUMN g SET EXPRESSION AS (6)"),
                row("drop-expression", DropExpression.class, "DROP EXPRESSION")
                        .tree(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.SEQUENCES, "ALTER TABLE t ALTER COLUMN g DROP EXPRESSION")
                        .also(World.GENERATED, "ALTER TABLE parent ALTER COLUMN g DROP EXPRESSION"));
    }

    private static <S extends AlterAction> Function<Situation<S>, List<QualifiedName>> sequencesOf(
            Function<S, String> column) {
        return situation -> situation.dependents().sequencesOf(situation.target(), column.apply(situation.subject()));
    }

    private static List<QualifiedName> identitySequences(Situation<DropIdentity> situation) {
        return situation
                .dependents()
                .sequencesOf(situation.target(), situation.subject().column())
                .stream()
                .filter(name -> situation
                        .catalog()
                        .sequence(name)
                        .value()
                        .filter(Sequence::identity)
                        .isPresent())
                .toList();
    }

    /** Partitions share the identity of their table from 17 on. */
    private static <S extends AlterAction> LockRow.Builder<S> inPartitions(String id, Class<S> action, String form) {
        return row(id, action, form)
                .when("of a partitioned table", Situation::isPartitioned)
                .since(PgVersion.V17)
                .lock(Role.PARTITIONS, ACCESS_EXCLUSIVE, Work.NONE, Situation::below);
    }
}
