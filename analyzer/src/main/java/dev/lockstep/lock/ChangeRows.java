package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.ACCESS_SHARE;
import static dev.lockstep.lock.LockMode.ROW_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ROW_SHARE;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.sql.AttachedStatement.Event;
import dev.lockstep.sql.Constraint.ReferentialAction;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.Statement.Copy;
import dev.lockstep.sql.Statement.Delete;
import dev.lockstep.sql.Statement.Insert;
import dev.lockstep.sql.Statement.Merge;
import dev.lockstep.sql.Statement.OnConflict.Arbiter;
import dev.lockstep.sql.Statement.Update;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** INSERT, UPDATE, DELETE, MERGE and COPY FROM. */
final class ChangeRows {

    private ChangeRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(insert(), copy(), update(), delete(), merge(), refused());
    }

    private static List<LockRow<?>> refused() {
        return List.of(
                refused("insert-refused", Insert.class, "INSERT", situation -> true)
                        .sample(
                                World.STRICT,
                                "INSERT INTO t VALUES (1, 1, 1)",
                                "INSERT INTO t VALUES (7, NULL, 1)",
                                "INSERT INTO t VALUES (7, 1, 0)"),
                refused("update-refused", Update.class, "UPDATE", situation -> true)
                        .sample(World.STRICT, "UPDATE t SET id = 1", "UPDATE t SET n = NULL", "UPDATE t SET c = 0"),
                refused(
                                "copy-refused",
                                Copy.class,
                                "COPY … FROM",
                                situation -> situation.subject().from())
                        .sample(
                                World.STRICT,
                                "COPY t FROM PROGRAM 'echo 1,1,1' (FORMAT csv)",
                                "COPY t FROM PROGRAM 'echo 7,,1' (FORMAT csv)",
                                "COPY t FROM PROGRAM 'echo 7,1,0' (FORMAT csv)"),
                refused("merge-refused", Merge.class, "MERGE", situation -> true)
                        .since(PgVersion.V15)
                        .sample(
                                World.STRICT,
                                "MERGE INTO t USING (VALUES (1)) AS v (i) ON true WHEN MATCHED THEN UPDATE SET id = 1",
                                "MERGE INTO t USING (VALUES (1)) AS v (i) ON true WHEN MATCHED THEN UPDATE SET n = NULL",
                                "MERGE INTO t USING (VALUES (1)) AS v (i) ON true WHEN MATCHED THEN UPDATE SET c = 0"));
    }

    private static <S extends Statement> LockRow.Builder<S> refused(
            String id, Class<S> statement, String form, Predicate<Situation<S>> applies) {
        return row(id, statement, form)
                .when("a row breaks a constraint", applies)
                .fails("23505", Failure.When.IF_A_ROW_VIOLATES, "duplicate key value violates unique constraint")
                .fails("23502", Failure.When.IF_A_ROW_VIOLATES, "null value violates not-null constraint")
                .fails("23514", Failure.When.IF_A_ROW_VIOLATES, "new row violates check constraint");
    }

    private static List<LockRow<?>> insert() {
        return List.of(
                row("insert", Insert.class, "INSERT")
                        .lock(Role.TARGET, ROW_EXCLUSIVE, Work.ROWS, ChangeRows::written)
                        .mayLock(Role.PARTITIONS, ROW_EXCLUSIVE, Work.ROWS, ChangeRows::partitions)
                        .sample(
                                World.SHOP,
                                "INSERT INTO alone VALUES (1)",
                                "INSERT INTO customers VALUES (3, 'z', 'z')")
                        .also(World.EVENTS, "INSERT INTO events VALUES (3, '2026-01-06', 1)")
                        .also(World.VIEWS, "INSERT INTO v VALUES (3, 'b')"),
                row("insert-partition", Insert.class, "INSERT")
                        .when("a partition by its own name", situation -> true)
                        .mayLock(
                                Role.PARENT,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> situation.relations().partitionedParent(situation.target()).stream()
                                        .toList())
                        .sample(World.EVENTS, "INSERT INTO events_1 VALUES (3, '2026-01-06', 1)"),
                row("insert-references", Insert.class, "INSERT")
                        .when(
                                "the table has foreign keys",
                                situation -> !parents(situation, key -> true).isEmpty())
                        .mayLockWithIndexes(
                                Role.REFERENCED,
                                Role.REFERENCED_INDEXES,
                                ROW_SHARE,
                                Work.READ,
                                situation -> parents(situation, key -> true))
                        .fails("23503", Failure.When.IF_A_ROW_VIOLATES, "violates foreign key constraint")
                        .sample(
                                World.SHOP,
                                "INSERT INTO orders VALUES (3, 1, 'z', 7)",
                                "INSERT INTO orders VALUES (3, 99, 'z', 7)")
                        .also(World.KEYS, "INSERT INTO c VALUES (2, NULL, 1)", "INSERT INTO c VALUES (2, 2, 1)"),
                row("insert-sequence", Insert.class, "INSERT")
                        .when(
                                "a default draws from a sequence",
                                situation -> !sequences(situation).isEmpty())
                        .mayLock(Role.SEQUENCES, ROW_EXCLUSIVE, Work.NONE, ChangeRows::sequences)
                        .sample(World.SEQUENCES, "INSERT INTO t (x) VALUES (2)"),
                row("insert-on-conflict", Insert.class, "INSERT … ON CONFLICT (…)")
                        .when("columns are named, whether there is a conflict or not", onConflict(Arbiter.COLUMNS))
                        .lock(
                                Role.INDEXES,
                                ROW_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.relations().indexesOf(written(situation)))
                        .sample(
                                World.SHOP,
                                "INSERT INTO orders VALUES (1, 1, 'z', 7) ON CONFLICT (id) DO UPDATE SET note = 'k'",
                                "INSERT INTO orders VALUES (1, 1, 'z', 7) ON CONFLICT (id) DO NOTHING",
                                "INSERT INTO orders SELECT 1, 1, 'z', 7 WHERE false ON CONFLICT (id) DO NOTHING")
                        .also(
                                World.EVENTS,
                                "INSERT INTO events VALUES (1, '2026-01-05', 1) ON CONFLICT (id, at) DO UPDATE SET kind = 1")
                        .also(World.VIEWS, "INSERT INTO v VALUES (1, 'b') ON CONFLICT (id) DO NOTHING"),
                row("insert-on-constraint", Insert.class, "INSERT … ON CONFLICT ON CONSTRAINT")
                        .when("the indexes up to that of the constraint", onConflict(Arbiter.CONSTRAINT))
                        .mayLock(
                                Role.INDEXES,
                                ROW_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.relations().indexesOf(written(situation)))
                        .sample(
                                World.KEYS,
                                "INSERT INTO p VALUES (1, 1, 1) ON CONFLICT ON CONSTRAINT p_pkey DO NOTHING"));
    }

    private static Predicate<Situation<Insert>> onConflict(Arbiter arbiter) {
        return situation -> situation
                .subject()
                .onConflict()
                .filter(clause -> clause.arbiter() == arbiter)
                .isPresent();
    }

    private static List<LockRow<?>> copy() {
        return List.of(
                row("copy-from", Copy.class, "COPY … FROM")
                        .when("", situation -> situation.subject().from())
                        .target(ROW_EXCLUSIVE, Work.ROWS)
                        .mayLock(Role.PARTITIONS, ROW_EXCLUSIVE, Work.ROWS, ChangeRows::partitions)
                        .mayLock(
                                Role.PARENT,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> situation.relations().partitionedParent(situation.target()).stream()
                                        .toList())
                        .mayLockWithIndexes(
                                Role.REFERENCED,
                                Role.REFERENCED_INDEXES,
                                ROW_SHARE,
                                Work.READ,
                                situation -> parents(situation, key -> true))
                        .mayLock(Role.SEQUENCES, ROW_EXCLUSIVE, Work.NONE, ChangeRows::sequences)
                        .fails("23503", Failure.When.IF_A_ROW_VIOLATES, "violates foreign key constraint")
                        .sample(
                                World.KEYS,
                                "COPY c FROM PROGRAM 'echo 7,1,1' (FORMAT csv)",
                                "COPY c FROM PROGRAM 'echo 7,99,1' (FORMAT csv)",
                                "COPY p FROM PROGRAM 'echo 7,7,1' (FORMAT csv)")
                        .also(World.SEQUENCES, "COPY t (x) FROM PROGRAM 'echo 7'")
                        .also(World.NESTED, "COPY e FROM PROGRAM 'echo 5,2026-01-01,a' (FORMAT csv)")
                        .also(World.EVENTS, "COPY events_1 FROM PROGRAM 'echo 5,2026-01-09,1' (FORMAT csv)"),
                row("copy-from-view", Copy.class, "COPY … FROM")
                        .when(
                                "a view without INSTEAD OF INSERT triggers",
                                situation -> situation.subject().from()
                                        && situation.isView()
                                        && !isInsteadTriggered(situation))
                        .fails("42809", Failure.When.ALWAYS, "cannot copy to view")
                        .sample(World.VIEWS, "COPY v FROM '/dev/null'"));
    }

    private static boolean isInsteadTriggered(Situation<?> situation) {
        return situation.relations().table(situation.target()).stream()
                .flatMap(view -> view.attached().triggers().stream())
                .anyMatch(trigger -> trigger.enabled() && trigger.events().contains(Event.INSERT));
    }

    private static List<LockRow<?>> update() {
        return List.of(
                row("update", Update.class, "UPDATE")
                        .lock(Role.TARGET, ROW_EXCLUSIVE, Work.ROWS, ChangeRows::written)
                        .lock(Role.PARTITIONS, ROW_EXCLUSIVE, Work.ROWS, Situation::below)
                        .lock(Role.INDEXES, ROW_EXCLUSIVE, Work.NONE, ChangeRows::writtenIndexes)
                        .sample(
                                World.SHOP,
                                "UPDATE alone SET a = 2",
                                "UPDATE orders SET note = 'b'",
                                "UPDATE orders SET note = c.email FROM customers c WHERE c.id = customer_id")
                        .also(World.INHERITED, "UPDATE parent SET a = 'z'")
                        .also(World.VIEWS, "UPDATE v SET a = 'z'"),
                partitioned("update-partitioned", Update.class, "UPDATE")
                        .sample(World.EVENTS, "UPDATE events SET id = 7", "UPDATE ONLY events SET id = 7"),
                row("update-references", Update.class, "UPDATE")
                        .when(
                                "a foreign key's column changes",
                                situation -> !parents(situation, key -> sets(situation, key.columns()))
                                        .isEmpty())
                        .fails("23503", Failure.When.IF_A_ROW_VIOLATES, "violates foreign key constraint")
                        .mayLockWithIndexes(
                                Role.REFERENCED,
                                Role.REFERENCED_INDEXES,
                                ROW_SHARE,
                                Work.READ,
                                situation -> parents(situation, key -> sets(situation, key.columns())))
                        .sample(World.SHOP, "UPDATE orders SET customer_id = 1", "UPDATE orders SET customer_id = 99")
                        .also(World.KEYS, "UPDATE c SET p = 2")
                        .also(World.EVENTS, "UPDATE events SET kind = 1"),
                row("update-referenced", Update.class, "UPDATE")
                        .when(
                                "a column changes that foreign keys refer to",
                                situation -> !children(situation, key -> setsReferenced(situation, key))
                                        .isEmpty())
                        .mayLockWithIndexes(
                                Role.REFERENCING,
                                Role.REFERENCING_INDEXES,
                                ROW_SHARE,
                                Work.READ,
                                situation -> children(
                                        situation, key -> setsReferenced(situation, key) && !writes(onUpdate(key))))
                        .mayLockWithIndexes(
                                Role.REFERENCING,
                                Role.REFERENCING_INDEXES,
                                ROW_EXCLUSIVE,
                                Work.ROWS,
                                situation -> children(
                                        situation, key -> setsReferenced(situation, key) && writes(onUpdate(key))))
                        .fails("23503", Failure.When.IF_A_ROW_VIOLATES, "violates foreign key constraint")
                        .sample(
                                World.CASCADES,
                                "UPDATE p SET id = id + 100 WHERE id = 9",
                                "UPDATE p SET id = id + 100 WHERE id = 3",
                                "UPDATE p SET id = id + 100 WHERE id = 1"));
    }

    private static List<LockRow<?>> delete() {
        return List.of(
                row("delete", Delete.class, "DELETE")
                        .lock(Role.TARGET, ROW_EXCLUSIVE, Work.ROWS, ChangeRows::written)
                        .lock(Role.PARTITIONS, ROW_EXCLUSIVE, Work.ROWS, Situation::below)
                        .lock(Role.INDEXES, ROW_EXCLUSIVE, Work.NONE, ChangeRows::writtenIndexes)
                        .sample(World.SHOP, "DELETE FROM alone", "DELETE FROM lines")
                        .also(World.INHERITED, "DELETE FROM parent")
                        .also(World.VIEWS, "DELETE FROM v"),
                partitioned("delete-partitioned", Delete.class, "DELETE")
                        .sample(World.EVENTS, "DELETE FROM events", "DELETE FROM ONLY events"),
                row("delete-referenced", Delete.class, "DELETE")
                        .when(
                                "foreign keys refer to the table",
                                situation -> !children(situation, key -> true).isEmpty())
                        .mayLockWithIndexes(
                                Role.REFERENCING,
                                Role.REFERENCING_INDEXES,
                                ROW_SHARE,
                                Work.READ,
                                situation -> children(situation, key -> !writes(onDelete(key))))
                        .mayLockWithIndexes(
                                Role.REFERENCING,
                                Role.REFERENCING_INDEXES,
                                ROW_EXCLUSIVE,
                                Work.ROWS,
                                situation -> children(situation, key -> writes(onDelete(key))))
                        .fails("23503", Failure.When.IF_A_ROW_VIOLATES, "violates foreign key constraint")
                        .sample(World.SHOP, "DELETE FROM orders", "DELETE FROM customers")
                        .also(World.CASCADES, "DELETE FROM p WHERE id = 9", "DELETE FROM p WHERE id = 3"));
    }

    private static List<LockRow<?>> merge() {
        return List.of(
                row("merge", Merge.class, "MERGE")
                        .since(PgVersion.V15)
                        .lock(Role.TARGET, ROW_EXCLUSIVE, Work.ROWS, ChangeRows::written)
                        .lock(Role.PARTITIONS, ROW_EXCLUSIVE, Work.ROWS, Situation::below)
                        .lock(Role.INDEXES, ROW_EXCLUSIVE, Work.NONE, ChangeRows::writtenIndexes)
                        .mayLock(Role.SEQUENCES, ROW_EXCLUSIVE, Work.NONE, ChangeRows::sequences)
                        .sample(World.KEYS, "MERGE INTO c USING p ON c.p = p.id WHEN MATCHED THEN UPDATE SET code = 5")
                        .also(
                                World.SEQUENCES,
                                "MERGE INTO t USING (VALUES (5)) AS v (i) ON t.x = i"
                                        + " WHEN NOT MATCHED THEN INSERT (x) VALUES (i)"),
                partitioned("merge-partitioned", Merge.class, "MERGE")
                        .since(PgVersion.V15)
                        .sample(
                                World.EVENTS,
                                "MERGE INTO events e USING loose ON e.id < 9 WHEN MATCHED THEN DELETE",
                                "MERGE INTO ONLY events e USING loose ON e.id < 9 WHEN MATCHED THEN DELETE"),
                row("merge-references", Merge.class, "MERGE")
                        .when(
                                "the table has foreign keys",
                                situation -> !parents(situation, key -> true).isEmpty())
                        .since(PgVersion.V15)
                        .mayLockWithIndexes(
                                Role.REFERENCED,
                                Role.REFERENCED_INDEXES,
                                ROW_SHARE,
                                Work.READ,
                                situation -> parents(situation, key -> true))
                        .fails("23503", Failure.When.IF_A_ROW_VIOLATES, "violates foreign key constraint")
                        .sample(
                                World.KEYS,
                                "MERGE INTO c USING (VALUES (7)) AS v (i) ON c.id = i"
                                        + " WHEN NOT MATCHED THEN INSERT VALUES (i, 1, 1)",
                                "MERGE INTO c USING (VALUES (7)) AS v (i) ON c.id = i"
                                        + " WHEN NOT MATCHED THEN INSERT VALUES (i, 99, 1)"),
                row("merge-view-16", Merge.class, "MERGE")
                        .when("into a view", Situation::isView)
                        .since(PgVersion.V15)
                        .until(PgVersion.V16)
                        .fails("0A000", Failure.When.ALWAYS, "cannot execute MERGE on a view")
                        .sample(
                                World.VIEWS,
                                "MERGE INTO v USING t ON v.id = t.id WHEN MATCHED THEN UPDATE SET a = 'z'"),
                row("merge-returning-16", Merge.class, "MERGE")
                        .when("RETURNING, or WHEN NOT MATCHED BY SOURCE", ChangeRows::isNewMerge)
                        .until(PgVersion.V16)
                        .fails("42601", Failure.When.ALWAYS, "needs PostgreSQL 17")
                        .sample(
                                World.KEYS,
                                "MERGE INTO c USING p ON c.p = p.id WHEN MATCHED THEN UPDATE SET code = 5 RETURNING c.id",
                                "MERGE INTO c USING p ON c.p = p.id WHEN NOT MATCHED BY SOURCE THEN DELETE"),
                row("merge-unknown", Merge.class, "MERGE")
                        .when("no later form of it", situation -> !isNewMerge(situation))
                        .until(PgVersion.V14)
                        .fails("42601", Failure.When.ALWAYS, "MERGE needs PostgreSQL 15")
                        .sample(
                                World.KEYS,
                                "MERGE INTO c USING p ON c.p = p.id WHEN MATCHED THEN UPDATE SET code = 5"));
    }

    private static boolean isNewMerge(Situation<Merge> situation) {
        return situation.subject().returning() || situation.subject().bySource();
    }

    private static <S extends Statement> LockRow.Builder<S> row(String id, Class<S> statement, String form) {
        return LockRow.of(id, statement, form, "sql-" + form.split(" ", 2)[0].toLowerCase(java.util.Locale.ROOT));
    }

    private static <S extends Statement> LockRow.Builder<S> partitioned(String id, Class<S> statement, String form) {
        return row(id, statement, form)
                .when("a partitioned table with indexes; before 16 only with ONLY", Situation::locksPartitionedIndexes)
                .lock(
                        Role.INDEXES,
                        ROW_EXCLUSIVE,
                        Work.NONE,
                        situation -> situation.relations().unstoredIndexesOf(situation.tree()));
    }

    /** The target; with the tables below, when it is a view. */
    private static List<QualifiedName> written(Situation<?> situation) {
        return situation.isView()
                ? Relations.concat(
                        List.of(situation.target()), situation.dependents().readByView(situation.target()))
                : List.of(situation.target());
    }

    private static List<QualifiedName> writtenIndexes(Situation<?> situation) {
        return indexes(situation, Relations.concat(written(situation), situation.below()));
    }

    private static List<QualifiedName> partitions(Situation<?> situation) {
        return situation.isPartitioned() ? situation.relations().descendants(situation.target()) : List.of();
    }

    private static List<QualifiedName> sequences(Situation<?> situation) {
        return situation.dependents().sequencesFilling(situation.target());
    }

    private static List<QualifiedName> indexes(Situation<?> situation, List<QualifiedName> tables) {
        return situation.relations().storedIndexesOf(tables);
    }

    private static List<QualifiedName> parents(Situation<?> situation, Predicate<TableConstraint> which) {
        return situation
                .relations()
                .foreignKeysOf(situation.target())
                .filter(TableConstraint::enforced)
                .filter(which)
                .flatMap(key -> key.referenced().stream())
                .distinct()
                .toList();
    }

    private static boolean sets(Situation<Update> situation, List<String> columns) {
        return situation.subject().columns().stream().anyMatch(columns::contains);
    }

    private static boolean setsReferenced(Situation<Update> situation, TableConstraint key) {
        List<String> columns =
                key.reference().map(TableConstraint.Reference::columns).orElse(List.of());
        return columns.isEmpty() || sets(situation, columns);
    }

    /** The tables whose foreign keys to the target are of a kind; what follows from their own rows is found in turn. */
    private static List<QualifiedName> children(Situation<?> situation, Predicate<TableConstraint> which) {
        return situation.catalog().referencing(situation.target()).stream()
                .filter(table -> Stream.of(table)
                        .flatMap(child -> child.constraints().stream())
                        .filter(key -> key.referenced()
                                .filter(situation.target()::equals)
                                .isPresent())
                        .filter(TableConstraint::enforced)
                        .anyMatch(which))
                .map(table -> table.name())
                .toList();
    }

    private static ReferentialAction onDelete(TableConstraint key) {
        return action(key, TableConstraint.Reference::onDelete);
    }

    private static ReferentialAction onUpdate(TableConstraint key) {
        return action(key, TableConstraint.Reference::onUpdate);
    }

    private static ReferentialAction action(
            TableConstraint key, Function<TableConstraint.Reference, ReferentialAction> which) {
        return key.reference().map(which).orElse(ReferentialAction.NO_ACTION);
    }

    private static boolean writes(ReferentialAction action) {
        return switch (action) {
            case NO_ACTION, RESTRICT -> false;
            case CASCADE, SET_NULL, SET_DEFAULT -> true;
        };
    }
}
