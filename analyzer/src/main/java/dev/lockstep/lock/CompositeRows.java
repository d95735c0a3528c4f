package dev.lockstep.lock;

import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.UserType;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.AlterAction.AddColumn;
import dev.lockstep.sql.AlterAction.AlterColumnType;
import dev.lockstep.sql.AlterAction.DropColumn;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.Statement.Rename;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Composite types whose attributes change: the tables of the type change with them or stand in the way. */
final class CompositeRows {

    private CompositeRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(attributes(), typedTables());
    }

    private static <S> LockRow.Builder<S> type(String id, Class<S> subject) {
        return LockRow.of(id, subject, "ALTER TYPE … ATTRIBUTE", "sql-altertype");
    }

    private static List<LockRow<?>> attributes() {
        return List.of(
                type("attribute-of-typed-table", AlterAction.class)
                        .when(
                                "no CASCADE, and there are tables of the type",
                                situation ->
                                        situation.isAttribute() && !cascades(situation.subject()) && isTyped(situation))
                        .fails("2BP01", Failure.When.ALWAYS, "it is the type of a typed table")
                        .sample(
                                World.COMPOSITE,
                                "ALTER TYPE shape ADD ATTRIBUTE z int",
                                "ALTER TYPE shape DROP ATTRIBUTE y",
                                "ALTER TYPE shape ALTER ATTRIBUTE x TYPE bigint"),
                type("rename-attribute-of-typed-table", Rename.class)
                        .when(
                                "RENAME without CASCADE, and there are tables of the type",
                                situation -> isRenamedAttribute(situation)
                                        && !situation.subject().cascade()
                                        && isTyped(situation))
                        .fails("2BP01", Failure.When.ALWAYS, "it is the type of a typed table")
                        .sample(World.COMPOSITE, "ALTER TYPE shape RENAME ATTRIBUTE x TO w"),
                type("alter-attribute-of-column", AlterColumnType.class)
                        .when(
                                "TYPE, and a column somewhere is of the composite type",
                                situation -> situation.isAttribute() && isStored(situation, composite(situation)))
                        .fails("0A000", Failure.When.ALWAYS, "a column uses the type")
                        .sample(
                                World.COMPOSITE,
                                "ALTER TYPE stored ALTER ATTRIBUTE x TYPE bigint",
                                "ALTER TYPE listed ALTER ATTRIBUTE x TYPE bigint CASCADE",
                                "ALTER TYPE within ALTER ATTRIBUTE x TYPE bigint"),
                type("attribute-exists", AddColumn.class)
                        .when(
                                "ADD of one that it has",
                                situation -> situation.isAttribute()
                                        && attributes(situation)
                                                .anyMatch(situation
                                                        .subject()
                                                        .column()
                                                        .name()
                                                        .name()::equals))
                        .fails("42701", Failure.When.ALWAYS, "attribute already exists")
                        .sample(World.COMPOSITE, "ALTER TYPE pair ADD ATTRIBUTE x int"),
                type("attribute-missing", AlterAction.class)
                        .when(
                                "DROP or TYPE of one that it does not have",
                                situation -> situation.isAttribute()
                                        && named(situation.subject())
                                                .filter(name -> type(situation).isPresent()
                                                        && attributes(situation).noneMatch(name::equals))
                                                .isPresent())
                        .fails("42703", Failure.When.ALWAYS, "attribute does not exist")
                        .sample(
                                World.COMPOSITE,
                                "ALTER TYPE pair DROP ATTRIBUTE nothing",
                                "ALTER TYPE pair ALTER ATTRIBUTE nothing TYPE int"));
    }

    private static boolean cascades(AlterAction action) {
        return action instanceof AddColumn add && add.cascade()
                || action instanceof DropColumn drop && drop.cascade()
                || action instanceof AlterColumnType alter && alter.cascade();
    }

    private static Optional<String> named(AlterAction action) {
        if (action instanceof DropColumn drop) {
            return drop.ifExists() ? Optional.empty() : Optional.of(drop.column());
        }
        return action instanceof AlterColumnType alter ? Optional.of(alter.column()) : Optional.empty();
    }

    private static boolean isRenamedAttribute(Situation<Rename> situation) {
        return situation.subject().kind() == ObjectKind.TYPE_ATTRIBUTE
                && situation.table().isEmpty();
    }

    private static QualifiedName composite(Situation<?> situation) {
        return situation.dependents().typeNamed(situation.target());
    }

    private static boolean isTyped(Situation<?> situation) {
        return !situation.catalog().tablesOf(composite(situation)).isEmpty();
    }

    private static Optional<UserType.CompositeType> type(Situation<?> situation) {
        return situation
                .catalog()
                .type(composite(situation))
                .value()
                .filter(UserType.CompositeType.class::isInstance)
                .map(UserType.CompositeType.class::cast);
    }

    private static Stream<String> attributes(Situation<?> situation) {
        return type(situation).stream()
                .flatMap(known -> known.attributes().stream())
                .map(Column::name);
    }

    /** In a column, or in an attribute of a type that is. */
    private static boolean isStored(Situation<?> situation, QualifiedName type) {
        return !situation.dependents().usersOfType(type).isEmpty()
                || situation.catalog().compositesOver(type).stream()
                        .anyMatch(outer -> isStored(situation, outer.name())
                                || !situation.catalog().tablesOf(outer.name()).isEmpty());
    }

    private static List<LockRow<?>> typedTables() {
        return List.of(
                LockRow.of("typed-table-column", AlterAction.class, "ALTER TABLE … COLUMN", "sql-altertable")
                        .when(
                                "added, dropped or of another type, in a table of a composite type",
                                situation -> isOfTable(situation)
                                        && (situation.subject() instanceof AddColumn
                                                || situation.subject() instanceof DropColumn
                                                || situation.subject() instanceof AlterColumnType))
                        .fails("42809", Failure.When.ALWAYS, "cannot change the columns of a typed table")
                        .sample(
                                World.COMPOSITE,
                                "ALTER TABLE typed ADD COLUMN z int",
                                "ALTER TABLE typed DROP COLUMN x",
                                "ALTER TABLE typed ALTER COLUMN x TYPE bigint"),
                LockRow.of("typed-table-rename-column", Rename.class, "ALTER TABLE … RENAME COLUMN", "sql-altertable")
                        .when(
                                "of a table of a composite type",
                                situation -> situation.subject().kind() == ObjectKind.COLUMN
                                        && situation
                                                .table()
                                                .filter(table -> table.ofType().isPresent())
                                                .isPresent())
                        .fails("42809", Failure.When.ALWAYS, "cannot rename a column of a typed table")
                        .sample(World.COMPOSITE, "ALTER TABLE typed RENAME COLUMN x TO z"));
    }

    private static boolean isOfTable(Situation<?> situation) {
        return situation.statement() instanceof Statement.AlterTable alter
                && alter.kind() != ObjectKind.TYPE
                && situation.table().filter(table -> table.ofType().isPresent()).isPresent();
    }
}
