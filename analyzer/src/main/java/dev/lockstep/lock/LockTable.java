package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.ACCESS_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ROW_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.SHARE;
import static dev.lockstep.lock.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.SHARE_UPDATE_EXCLUSIVE;
import static dev.lockstep.lock.LockRow.Role.REFERENCED_TABLE;
import static dev.lockstep.lock.LockRow.Role.TABLE_OF_INDEX;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The facts, row by row. What has no row here is unknown to the model. */
final class LockTable {

    private static final String ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, note text, total int);"
            + " INSERT INTO orders VALUES (1, 'a', 1);";

    static final List<LockRow<?>> ROWS = rows();

    private LockTable() {}

    private static List<LockRow<?>> rows() {
        List<LockRow<?>> rows = new ArrayList<>();
        rows.addAll(columns());
        rows.addAll(constraints());
        rows.addAll(indexes());
        rows.addAll(wholeTables());
        rows.addAll(changes());
        return List.copyOf(rows);
    }

    private static List<LockRow<?>> columns() {
        return List.of(
                LockRow.of("add-column", AlterAction.AddColumn.class)
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(ORDERS, "ALTER TABLE orders ADD COLUMN paid boolean"),
                LockRow.of("add-column-not-null", AlterAction.AddColumn.class)
                        .when(
                                "NOT NULL, and nothing gives existing rows a value",
                                situation -> LockTable.leavesNulls(situation.subject()))
                        .fails("23502", Failure.When.IF_ROWS_EXIST, "column contains null values")
                        .sample(ORDERS, "ALTER TABLE orders ADD COLUMN paid boolean NOT NULL"),
                LockRow.of("add-column-references", AlterAction.AddColumn.class)
                        .when(
                                "REFERENCES another table",
                                situation -> !references(situation.subject()).isEmpty())
                        .lock(
                                REFERENCED_TABLE,
                                SHARE_ROW_EXCLUSIVE,
                                Work.NONE,
                                situation -> references(situation.subject()).stream()
                                        .map(key -> situation.resolve(key.referenced()))
                                        .toList())
                        .sample(
                                ORDERS + " CREATE TABLE customers (id bigint PRIMARY KEY);",
                                "ALTER TABLE orders ADD COLUMN customer bigint REFERENCES customers"),
                LockRow.of("drop-column", AlterAction.DropColumn.class)
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(ORDERS, "ALTER TABLE orders DROP COLUMN note"),
                LockRow.of("drop-column-with-foreign-key", AlterAction.DropColumn.class)
                        .when(
                                "a foreign key uses the column",
                                situation -> !situation
                                        .referencedBy(situation.subject().column())
                                        .isEmpty())
                        .lock(
                                REFERENCED_TABLE,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.referencedBy(
                                        situation.subject().column()))
                        .sample(
                                "CREATE TABLE customers (id bigint PRIMARY KEY);"
                                        + " CREATE TABLE orders (id bigint, customer bigint REFERENCES customers);",
                                "ALTER TABLE orders DROP COLUMN customer"),
                LockRow.of("set-not-null", AlterAction.SetNotNull.class)
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(
                                ORDERS + " ALTER TABLE orders ADD CHECK (note IS NOT NULL);",
                                "ALTER TABLE orders ALTER COLUMN note SET NOT NULL"),
                LockRow.of("set-not-null-unproven", AlterAction.SetNotNull.class)
                        .when(
                                "no validated CHECK proves it",
                                situation -> !situation.isProvenNotNull(
                                        situation.subject().column()))
                        .target(ACCESS_EXCLUSIVE, Work.SCAN)
                        .fails("23502", Failure.When.IF_A_ROW_VIOLATES, "column contains null values")
                        .sample(ORDERS, "ALTER TABLE orders ALTER COLUMN note SET NOT NULL"),
                LockRow.of("rename", Statement.Rename.class)
                        .when(
                                "a table, or one of its columns or constraints",
                                situation -> situation.subject().relationKind() == ObjectKind.TABLE
                                        || situation.subject().kind() == ObjectKind.TABLE)
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(ORDERS, "ALTER TABLE orders RENAME COLUMN note TO remark"));
    }

    private static boolean leavesNulls(AlterAction.AddColumn add) {
        var column = add.column();
        boolean required = column.notNull().isPresent()
                || column.constraints().stream().anyMatch(Constraint.PrimaryKey.class::isInstance);
        boolean filled = column.defaultValue().isPresent()
                || column.identity().isPresent()
                || column.generated().isPresent()
                || column.type().filter(type -> type.isSerial()).isPresent();
        return required && !filled;
    }

    private static List<Constraint.ForeignKey> references(AlterAction.AddColumn add) {
        return add.column().constraints().stream()
                .filter(Constraint.ForeignKey.class::isInstance)
                .map(Constraint.ForeignKey.class::cast)
                .toList();
    }

    private static List<LockRow<?>> constraints() {
        return List.of(
                LockRow.of("add-check", AlterAction.AddConstraint.class)
                        .when(
                                "CHECK",
                                situation -> situation.subject().constraint() instanceof Constraint.Check check
                                        && !check.notValid()
                                        && check.enforced())
                        .target(ACCESS_EXCLUSIVE, Work.SCAN)
                        .fails("23514", Failure.When.IF_A_ROW_VIOLATES, "check constraint is violated by some row")
                        .sample(ORDERS, "ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0)"),
                LockRow.of("add-check-not-valid", AlterAction.AddConstraint.class)
                        .when(
                                "CHECK … NOT VALID",
                                situation -> situation.subject().constraint() instanceof Constraint.Check check
                                        && check.notValid())
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(ORDERS, "ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID"),
                LockRow.of("validate-constraint", AlterAction.ValidateConstraint.class)
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.SCAN)
                        .sample(
                                ORDERS + " ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID;",
                                "ALTER TABLE orders VALIDATE CONSTRAINT positive"));
    }

    private static List<LockRow<?>> indexes() {
        return List.of(
                LockRow.of("create-index", Statement.CreateIndex.class)
                        .when(
                                "without CONCURRENTLY",
                                situation -> !situation.subject().concurrently()
                                        && !(situation.only() && situation.isPartitioned()))
                        .target(SHARE, Work.INDEX_BUILD)
                        .sample(ORDERS, "CREATE INDEX orders_note ON orders (note)"),
                LockRow.of("create-index-on-only", Statement.CreateIndex.class)
                        .when("ON ONLY a partitioned table", situation -> situation.only() && situation.isPartitioned())
                        .targetOnly(SHARE, Work.NONE)
                        .sample(
                                "CREATE TABLE events (at date) PARTITION BY RANGE (at);"
                                        + " CREATE TABLE events_1 PARTITION OF events"
                                        + " FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
                                "CREATE INDEX events_at ON ONLY events (at)"),
                LockRow.of("create-index-concurrently", Statement.CreateIndex.class)
                        .when("CONCURRENTLY", situation -> situation.subject().concurrently())
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.INDEX_BUILD)
                        .notInTransactionBlock()
                        .sample(ORDERS, "CREATE INDEX CONCURRENTLY orders_note ON orders (note)"),
                LockRow.of("drop-index", Statement.Drop.class)
                        .when(
                                "INDEX without CONCURRENTLY",
                                situation -> situation.subject().kind() == ObjectKind.INDEX
                                        && !situation.subject().concurrently())
                        .targetOnly(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(
                                TABLE_OF_INDEX,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.tableOf(situation.target()))
                        .sample(ORDERS + " CREATE INDEX orders_note ON orders (note);", "DROP INDEX orders_note"),
                LockRow.of("drop-index-concurrently", Statement.Drop.class)
                        .when(
                                "INDEX CONCURRENTLY",
                                situation -> situation.subject().kind() == ObjectKind.INDEX
                                        && situation.subject().concurrently())
                        .targetOnly(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .lock(
                                TABLE_OF_INDEX,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.tableOf(situation.target()))
                        .notInTransactionBlock()
                        .sample(
                                ORDERS + " CREATE INDEX orders_note ON orders (note);",
                                "DROP INDEX CONCURRENTLY orders_note"),
                LockRow.of("reindex-table", Statement.Reindex.class)
                        .when(
                                "TABLE without CONCURRENTLY",
                                situation -> situation.subject().target() == Statement.Reindex.Target.TABLE
                                        && !situation.subject().concurrently())
                        .target(SHARE, Work.INDEX_BUILD)
                        .sample(ORDERS, "REINDEX TABLE orders"),
                LockRow.of("reindex-index", Statement.Reindex.class)
                        .when(
                                "INDEX without CONCURRENTLY",
                                situation -> situation.subject().target() == Statement.Reindex.Target.INDEX
                                        && !situation.subject().concurrently())
                        .targetOnly(ACCESS_EXCLUSIVE, Work.INDEX_BUILD)
                        .lock(
                                TABLE_OF_INDEX,
                                SHARE,
                                Work.INDEX_BUILD,
                                situation -> situation.tableOf(situation.target()))
                        .sample(ORDERS + " CREATE INDEX orders_note ON orders (note);", "REINDEX INDEX orders_note"),
                LockRow.of("reindex-concurrently", Statement.Reindex.class)
                        .when("CONCURRENTLY", situation -> situation.subject().concurrently())
                        .targetOnly(SHARE_UPDATE_EXCLUSIVE, Work.INDEX_BUILD)
                        .lock(
                                TABLE_OF_INDEX,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.INDEX_BUILD,
                                situation -> situation.tableOf(situation.target()))
                        .notInTransactionBlock()
                        .sample(ORDERS, "REINDEX TABLE CONCURRENTLY orders"));
    }

    private static List<LockRow<?>> wholeTables() {
        return List.of(LockRow.of("drop-table", Statement.Drop.class)
                .when("TABLE", situation -> situation.subject().kind() == ObjectKind.TABLE)
                .target(ACCESS_EXCLUSIVE, Work.NONE)
                .lock(REFERENCED_TABLE, ACCESS_EXCLUSIVE, Work.NONE, LockTable::parents)
                .sample(
                        "CREATE TABLE customers (id bigint PRIMARY KEY);"
                                + " CREATE TABLE orders (id bigint, customer bigint REFERENCES customers);",
                        "DROP TABLE orders"));
    }

    private static List<QualifiedName> parents(Situation<Statement.Drop> situation) {
        return situation.targetTable().value().stream()
                .flatMap(table -> table.constraints().stream())
                .flatMap(constraint -> constraint.referenced().stream())
                .toList();
    }

    private static List<LockRow<?>> changes() {
        return List.of(
                LockRow.of("insert", Statement.Insert.class)
                        .targetOnly(ROW_EXCLUSIVE, Work.ROWS)
                        .sample(ORDERS, "INSERT INTO orders VALUES (2, 'b', 2)"),
                LockRow.of("update", Statement.Update.class)
                        .target(ROW_EXCLUSIVE, Work.ROWS)
                        .sample(ORDERS, "UPDATE orders SET note = 'b'"),
                LockRow.of("delete", Statement.Delete.class)
                        .target(ROW_EXCLUSIVE, Work.ROWS)
                        .sample(ORDERS, "DELETE FROM orders"));
    }
}
