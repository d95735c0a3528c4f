package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.ACCESS_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ACCESS_SHARE;
import static dev.lockstep.lock.LockMode.SHARE_ROW_EXCLUSIVE;

import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Expressions;
import dev.lockstep.catalog.Index;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.sql.AlterAction.AlterColumnType;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.TypeName;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** ALTER COLUMN TYPE: the values, and everything that was made for the old type. */
final class TypeChangeRows {

    private TypeChangeRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(values(), indexes(), keys());
    }

    private static LockRow.Builder<AlterColumnType> row(String id) {
        return LockRow.of(id, AlterColumnType.class, "ALTER TABLE … ALTER COLUMN … TYPE", "sql-altertable");
    }

    private static List<LockRow<?>> values() {
        return List.of(
                row("alter-type")
                        .when("the stored values stay as they are", situation -> !isAttribute(situation))
                        .tree(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(
                                World.TYPES,
                                "ALTER TABLE t ALTER v TYPE varchar(20)",
                                "ALTER TABLE t ALTER v TYPE varchar(10)",
                                "ALTER TABLE t ALTER v TYPE varchar",
                                "ALTER TABLE t ALTER v TYPE text",
                                "ALTER TABLE t ALTER tx TYPE varchar",
                                "ALTER TABLE t ALTER tx TYPE text",
                                "ALTER TABLE t ALTER n TYPE numeric(12,2)",
                                "ALTER TABLE t ALTER n TYPE numeric",
                                "ALTER TABLE t ALTER ts TYPE timestamptz",
                                "ALTER TABLE t ALTER tz TYPE timestamp",
                                "ALTER TABLE t ALTER ts3 TYPE timestamp(6)",
                                "ALTER TABLE t ALTER ts3 TYPE timestamptz",
                                "ALTER TABLE t ALTER tz3 TYPE timestamptz",
                                "ALTER TABLE t ALTER tim3 TYPE time",
                                "ALTER TABLE t ALTER ci TYPE inet",
                                "ALTER TABLE t ALTER vb TYPE varbit(10)",
                                "ALTER TABLE t ALTER bi TYPE varbit",
                                "ALTER TABLE t ALTER iv3 TYPE interval(6)",
                                "ALTER TABLE t ALTER iv3 TYPE interval",
                                "ALTER TABLE t ALTER x TYPE text",
                                "ALTER TABLE t ALTER o TYPE int",
                                "ALTER TABLE t ALTER o TYPE regclass",
                                "ALTER TABLE t ALTER dom TYPE varchar",
                                "ALTER TABLE t ALTER cdom TYPE plain",
                                "ALTER TABLE t ALTER tx TYPE plain",
                                "ALTER TABLE t ALTER v TYPE word",
                                "ALTER TABLE t ALTER arr TYPE int[]",
                                "ALTER TABLE t ALTER tx TYPE text COLLATE \"C\"",
                                "ALTER TABLE t ALTER v TYPE text USING v::text",
                                "ALTER TABLE t ALTER v TYPE varchar(20) USING v::varchar(20)")
                        .also(World.OSLO, "ALTER TABLE t ALTER other TYPE timestamp(6)"),
                row("alter-type-rewrite")
                        .when("the values are converted", situation -> result(situation) == TypeChange.Result.REWRITES)
                        .treeWork(Work.REWRITE)
                        .indexes(ACCESS_EXCLUSIVE, Work.INDEX_BUILD)
                        .sample(
                                World.TYPES,
                                "ALTER TABLE t ALTER id TYPE bigint",
                                "ALTER TABLE t ALTER small TYPE int",
                                "ALTER TABLE t ALTER v TYPE varchar(5)",
                                "ALTER TABLE t ALTER tx TYPE varchar(100)",
                                "ALTER TABLE t ALTER ch TYPE text",
                                "ALTER TABLE t ALTER ch TYPE char(10)",
                                "ALTER TABLE t ALTER n TYPE numeric(12,4)",
                                "ALTER TABLE t ALTER n TYPE numeric(8,2)",
                                "ALTER TABLE t ALTER nu TYPE numeric(10,2)",
                                "ALTER TABLE t ALTER ts TYPE timestamp(3)",
                                "ALTER TABLE t ALTER ts3 TYPE timestamptz(3)",
                                "ALTER TABLE t ALTER ts TYPE timestamptz USING ts AT TIME ZONE 'UTC'",
                                "ALTER TABLE t ALTER ts TYPE date",
                                "ALTER TABLE t ALTER tim TYPE time(3)",
                                "ALTER TABLE t ALTER ip TYPE cidr",
                                "ALTER TABLE t ALTER ci TYPE text",
                                "ALTER TABLE t ALTER vb TYPE varbit(3)",
                                "ALTER TABLE t ALTER bi TYPE bit(8)",
                                "ALTER TABLE t ALTER bi TYPE varbit(5)",
                                "ALTER TABLE t ALTER iv TYPE interval(3)",
                                "ALTER TABLE t ALTER j TYPE jsonb USING j::jsonb",
                                "ALTER TABLE t ALTER jb TYPE json",
                                "ALTER TABLE t ALTER re TYPE double precision",
                                "ALTER TABLE t ALTER m TYPE text",
                                "ALTER TABLE t ALTER u TYPE text",
                                "ALTER TABLE t ALTER tx TYPE uuid USING tx::uuid",
                                "ALTER TABLE t ALTER tx TYPE checked",
                                "ALTER TABLE t ALTER arr TYPE bigint[]",
                                "ALTER TABLE t ALTER va TYPE varchar(10)[]",
                                "ALTER TABLE t ALTER tx TYPE text USING lower(tx)",
                                "ALTER TABLE t ALTER tx TYPE text USING v")
                        .also(
                                World.OSLO,
                                "ALTER TABLE t ALTER ts TYPE timestamptz",
                                "ALTER TABLE t ALTER tz TYPE timestamp"),
                row("alter-type-unknown")
                        .when(
                                "the old type or the new one is not known",
                                situation -> result(situation) == TypeChange.Result.UNKNOWN)
                        .treeWork(Work.UNKNOWN)
                        .mayLock(Role.INDEXES, ACCESS_EXCLUSIVE, Work.UNKNOWN, Situation::storedIndexes)
                        .sample(World.TYPES, "ALTER TABLE t ALTER bx TYPE polygon"),
                row("alter-type-refused")
                        .when(
                                "no cast applies without USING",
                                situation -> result(situation) == TypeChange.Result.REFUSED)
                        .fails("42804", Failure.When.ALWAYS, "column cannot be cast automatically")
                        .sample(
                                World.TYPES,
                                "ALTER TABLE t ALTER tx TYPE int",
                                "ALTER TABLE t ALTER v TYPE uuid",
                                "ALTER TABLE t ALTER dt TYPE int",
                                "ALTER TABLE t ALTER u TYPE int[]",
                                "ALTER TABLE t ALTER arr TYPE int",
                                "ALTER TABLE t ALTER j TYPE timestamptz"),
                row("alter-type-identity")
                        .when(
                                "an identity column",
                                situation -> column(situation)
                                        .filter(Column::identity)
                                        .isPresent())
                        .lock(
                                Role.SEQUENCES,
                                SHARE_ROW_EXCLUSIVE,
                                Work.NEW_FILES,
                                situation -> situation
                                        .dependents()
                                        .sequencesOf(
                                                situation.target(),
                                                situation.subject().column()))
                        .sample(World.SEQUENCES, "ALTER TABLE t ALTER COLUMN n TYPE bigint"),
                row("alter-type-serial")
                        .when("a default from a sequence", situation -> !isAttribute(situation))
                        .lock(
                                Role.SEQUENCES,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> column(situation)
                                        .flatMap(Column::defaultValue)
                                        .map(value -> situation.dependents().sequencesIn(value))
                                        .orElse(List.of()))
                        .sample(World.SEQUENCES, "ALTER TABLE t ALTER COLUMN id TYPE bigint"),
                row("alter-type-viewed")
                        .when(
                                "a view or a rule uses the column",
                                situation -> !situation
                                        .dependents()
                                        .viewsOver(
                                                situation.target(),
                                                situation.subject().column())
                                        .isEmpty())
                        .fails("0A000", Failure.When.ALWAYS, "cannot alter type of a column used by a view or rule")
                        .sample(
                                World.VIEWS,
                                "ALTER TABLE t ALTER COLUMN a TYPE varchar(20)",
                                "ALTER TABLE t ALTER COLUMN b TYPE bigint"),
                LockRow.of("alter-attribute", AlterColumnType.class, "ALTER TYPE … ALTER ATTRIBUTE", "sql-altertype")
                        .when("", TypeChangeRows::isAttribute)
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.COMPOSITE, "ALTER TYPE pair ALTER ATTRIBUTE y TYPE bigint CASCADE"));
    }

    private static List<LockRow<?>> indexes() {
        return List.of(
                row("alter-type-index")
                        .when("an index names the column", situation -> !isAttribute(situation))
                        .lock(Role.INDEXES, ACCESS_EXCLUSIVE, Work.NONE, situation -> indexes(situation, index -> true))
                        .sample(
                                World.INDEXED,
                                "ALTER TABLE t ALTER w TYPE varchar(20)",
                                "ALTER TABLE t ALTER tx TYPE varchar",
                                "ALTER TABLE t ALTER nm TYPE numeric(7,2)",
                                "ALTER TABLE t ALTER id TYPE int",
                                "ALTER TABLE t ALTER ts TYPE timestamp(6)"),
                row("alter-type-index-rebuilt")
                        .when(
                                "an index over an expression or with a predicate names the column, or sorts otherwise than before",
                                situation -> !rebuilt(situation).isEmpty())
                        .work(
                                Role.TREE,
                                Work.INDEX_BUILD,
                                situation -> rebuilt(situation).stream()
                                        .flatMap(index -> situation.relations().tableOf(index).stream())
                                        .distinct()
                                        .toList())
                        .work(Role.INDEXES, Work.INDEX_BUILD, TypeChangeRows::rebuilt)
                        .sample(
                                World.INDEXED,
                                "ALTER TABLE t ALTER v TYPE varchar(20)",
                                "ALTER TABLE t ALTER v TYPE varchar(10)",
                                "ALTER TABLE t ALTER k TYPE oid",
                                "ALTER TABLE t ALTER o TYPE oid",
                                "ALTER TABLE t ALTER ts TYPE timestamptz",
                                "ALTER TABLE t ALTER tx TYPE text COLLATE \"C\""),
                row("alter-type-checked")
                        .when(
                                "a valid CHECK names the column",
                                situation -> !checked(situation).isEmpty())
                        .work(Role.TREE, Work.SCAN, TypeChangeRows::checked)
                        .sample(
                                World.CHECKED,
                                "ALTER TABLE t ALTER a TYPE varchar(20)",
                                "ALTER TABLE t ALTER a TYPE varchar(10)"));
    }

    private static List<LockRow<?>> keys() {
        return List.of(
                row("alter-type-referencing")
                        .when("a foreign key uses the column, even when the type stays", situation -> true)
                        .lock(
                                Role.REFERENCED,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation
                                        .relations()
                                        .referencedOver(
                                                situation.target(),
                                                situation.subject().column()))
                        .lock(
                                Role.REFERENCED_INDEX,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> situation
                                        .relations()
                                        .keyIndexesOver(
                                                situation.target(),
                                                situation.subject().column()))
                        .sample(
                                World.LINKED,
                                "ALTER TABLE c ALTER p TYPE int",
                                "ALTER TABLE c ALTER code TYPE varchar(20)",
                                "ALTER TABLE c ALTER id TYPE bigint")
                        .also(World.KEYS, "ALTER TABLE c ALTER p TYPE int"),
                row("alter-type-referencing-checked")
                        .when(
                                "a valid foreign key uses the column, and its values or their order change",
                                situation -> isReordered(situation)
                                        && validKeys(situation).findAny().isPresent())
                        .work(
                                Role.REFERENCED,
                                Work.READ,
                                situation -> validKeys(situation)
                                        .flatMap(key -> key.referenced().stream())
                                        .toList())
                        .lock(
                                Role.REFERENCED_INDEXES,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> situation
                                        .relations()
                                        .storedIndexesOf(validKeys(situation)
                                                .flatMap(key -> key.referenced().stream())
                                                .toList()))
                        .sample(World.LINKED, "ALTER TABLE c ALTER p TYPE bigint")
                        .also(World.EVENTS, "ALTER TABLE events ALTER COLUMN kind TYPE bigint"),
                row("alter-type-referenced")
                        .when("a foreign key refers to the column", situation -> true)
                        .lock(
                                Role.REFERENCING,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation
                                        .relations()
                                        .referencingOver(
                                                situation.target(),
                                                situation.subject().column()))
                        .sample(
                                World.LINKED,
                                "ALTER TABLE p ALTER id TYPE int",
                                "ALTER TABLE p ALTER code TYPE varchar(20)"),
                row("alter-type-referenced-checked")
                        .when(
                                "a valid foreign key refers to the column, and its values or their order change",
                                TypeChangeRows::isReordered)
                        .work(Role.REFERENCING, Work.SCAN, TypeChangeRows::validlyReferencing)
                        .lock(
                                Role.REFERENCING_INDEXES,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> situation.relations().storedIndexesOf(validlyReferencing(situation)))
                        .sample(World.LINKED, "ALTER TABLE p ALTER id TYPE bigint")
                        .also(World.KEYS, "ALTER TABLE p ALTER id TYPE bigint"));
    }

    private static boolean isAttribute(Situation<AlterColumnType> situation) {
        return situation.statement() instanceof Statement.AlterTable alter && alter.kind() == ObjectKind.TYPE;
    }

    private static Optional<Column> column(Situation<AlterColumnType> situation) {
        return situation.column(situation.subject().column()).value();
    }

    private static Optional<TypeName> oldType(Situation<AlterColumnType> situation) {
        return column(situation).flatMap(Column::type);
    }

    private static TypeChange change(Situation<AlterColumnType> situation) {
        return new TypeChange(situation.dependents(), situation.settings());
    }

    /** A stored generated column is computed anew, whatever its type. */
    private static TypeChange.Result result(Situation<AlterColumnType> situation) {
        AlterColumnType action = situation.subject();
        if (isAttribute(situation)) {
            return TypeChange.Result.KEEPS;
        }
        if (situation.relations().isStored(situation.target(), action.column())) {
            return TypeChange.Result.REWRITES;
        }
        return change(situation).of(action.column(), oldType(situation), action.type(), action.using());
    }

    /** USING converts the rows, not the default. */
    static boolean isRefusedWithoutUsing(Situation<AlterColumnType> situation) {
        AlterColumnType action = situation.subject();
        return action.using().isPresent()
                && change(situation).of(action.column(), oldType(situation), action.type(), Optional.empty())
                        == TypeChange.Result.REFUSED;
    }

    private static boolean isReordered(Situation<AlterColumnType> situation) {
        return result(situation) == TypeChange.Result.REWRITES
                || !change(situation)
                        .keepsOrder(oldType(situation), situation.subject().type());
    }

    private static List<QualifiedName> indexes(Situation<AlterColumnType> situation, Predicate<Index> wanted) {
        String column = situation.subject().column();
        return situation.relations().indexesOf(situation.tree(), index -> index.uses(column) && wanted.test(index));
    }

    private static List<QualifiedName> rebuilt(Situation<AlterColumnType> situation) {
        if (isAttribute(situation)) {
            return List.of();
        }
        boolean keepsOrder = change(situation)
                        .keepsOrder(oldType(situation), situation.subject().type())
                && situation.subject().collation().isEmpty();
        return indexes(
                situation,
                index -> index.expressions().findAny().isPresent()
                        || !keepsOrder
                                && index.keyColumns()
                                        .contains(situation.subject().column()));
    }

    private static List<QualifiedName> checked(Situation<AlterColumnType> situation) {
        String column = situation.subject().column();
        return situation.tree().stream()
                .filter(table -> situation
                        .relations()
                        .constraints(table)
                        .filter(TableConstraint::isValid)
                        .anyMatch(constraint -> constraint
                                .expression()
                                .filter(condition -> Expressions.uses(condition, column))
                                .isPresent()))
                .toList();
    }

    private static Stream<TableConstraint> validKeys(Situation<AlterColumnType> situation) {
        return situation
                .relations()
                .foreignKeysOf(situation.target())
                .filter(TableConstraint::isValid)
                .filter(key -> key.columns().contains(situation.subject().column()));
    }

    private static List<QualifiedName> validlyReferencing(Situation<AlterColumnType> situation) {
        return situation
                .relations()
                .validlyReferencingOver(situation.target(), situation.subject().column());
    }
}
