package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.ACCESS_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ACCESS_SHARE;
import static dev.lockstep.lock.LockMode.EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ROW_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.sql.SessionStatement;
import dev.lockstep.sql.SessionStatement.Cluster;
import dev.lockstep.sql.SessionStatement.RefreshMaterializedView;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.Statement.Truncate;
import dev.lockstep.sql.Statement.Vacuum;
import java.util.List;
import java.util.stream.Stream;

/** Upkeep of tables, TRUNCATE, LOCK, and what only touches the session. */
final class WorkRows {

    private WorkRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(lockTable(), truncate(), vacuum(), refresh(), session());
    }

    private static List<LockRow<?>> lockTable() {
        return Stream.of(LockMode.values())
                .<LockRow<?>>map(mode -> LockRow.of(
                                "lock-table-"
                                        + mode.name()
                                                .toLowerCase(java.util.Locale.ROOT)
                                                .replace('_', '-'),
                                SessionStatement.LockTable.class,
                                "LOCK TABLE",
                                "sql-lock")
                        .when(
                                "IN " + mode.sql() + " MODE",
                                situation -> situation.subject().mode().equals(mode.sql()))
                        .tree(mode, Work.NONE)
                        .lock(
                                Role.SOURCE,
                                mode,
                                Work.NONE,
                                situation -> situation.dependents().readByView(situation.target()))
                        .sample(World.SHOP, "LOCK TABLE orders, alone IN " + mode.sql() + " MODE")
                        .also(World.NESTED, "LOCK TABLE e IN " + mode.sql() + " MODE")
                        .also(World.VIEWS, "LOCK TABLE v IN " + mode.sql() + " MODE")
                        .also(World.EVENTS, "LOCK TABLE ONLY events IN " + mode.sql() + " MODE"))
                .toList();
    }

    private static LockRow.Builder<Truncate> truncateRow(String id) {
        return LockRow.of(id, Truncate.class, "TRUNCATE", "sql-truncate");
    }

    private static List<LockRow<?>> truncate() {
        return List.of(
                truncateRow("truncate")
                        .tree(ACCESS_EXCLUSIVE, Work.NEW_FILES)
                        .indexes(ACCESS_EXCLUSIVE, Work.NEW_FILES)
                        .sample(World.SHOP, "TRUNCATE lines", "TRUNCATE alone", "TRUNCATE orders, lines")
                        .also(World.EVENTS, "TRUNCATE events", "TRUNCATE events_1")
                        .also(World.INHERITED, "TRUNCATE parent", "TRUNCATE ONLY parent")
                        .also(World.SEQUENCES, "TRUNCATE t"),
                truncateRow("truncate-restart")
                        .when(
                                "RESTART IDENTITY",
                                situation -> situation.subject().restartIdentity())
                        .lock(
                                Role.SEQUENCES,
                                ACCESS_EXCLUSIVE,
                                Work.NEW_FILES,
                                situation -> situation.dependents().sequencesOf(situation.tree()))
                        .sample(World.SEQUENCES, "TRUNCATE t RESTART IDENTITY"),
                truncateRow("truncate-cascade")
                        .when("CASCADE", situation -> situation.subject().cascade())
                        .lock(
                                Role.REFERENCING,
                                ACCESS_EXCLUSIVE,
                                Work.NEW_FILES,
                                situation -> situation.relations().allReferencing(situation.target()))
                        .lock(
                                Role.REFERENCING_INDEXES,
                                ACCESS_EXCLUSIVE,
                                Work.NEW_FILES,
                                situation -> situation
                                        .relations()
                                        .storedIndexesOf(situation.relations().allReferencing(situation.target())))
                        .sample(World.SHOP, "TRUNCATE orders CASCADE", "TRUNCATE customers CASCADE"),
                truncateRow("truncate-referenced")
                        .when(
                                "no CASCADE, and another table refers to it",
                                situation -> !situation.subject().cascade()
                                        && situation.relations().referencing(situation.target()).stream()
                                                .anyMatch(child -> !isNamed(situation, child)))
                        .fails("0A000", Failure.When.ALWAYS, "cannot truncate a table referenced in a foreign key")
                        .sample(World.SHOP, "TRUNCATE orders", "TRUNCATE customers, orders"));
    }

    private static boolean isNamed(Situation<Truncate> situation, QualifiedName table) {
        return situation.subject().tables().stream().map(situation::resolve).anyMatch(table::equals);
    }

    private static LockRow.Builder<Vacuum> vacuumRow(String id, String form) {
        return LockRow.of(id, Vacuum.class, form, form.equals("ANALYZE") ? "sql-analyze" : "sql-vacuum");
    }

    private static boolean isVacuumed(Situation<Vacuum> situation, boolean full) {
        return situation.subject().vacuum() && situation.subject().full() == full;
    }

    private static List<LockRow<?>> vacuum() {
        return List.of(
                vacuumRow("vacuum", "VACUUM")
                        .when("", situation -> isVacuumed(situation, false))
                        .lock(
                                Role.TARGET,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.SCAN,
                                situation -> stored(situation, situation.target()))
                        .lock(
                                Role.INDEXES,
                                ROW_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.relations().storedIndexesOf(List.of(situation.target())))
                        .notInTransactionBlock()
                        .sample(World.SHOP, "VACUUM (VERBOSE) orders", "VACUUM (ANALYZE) orders"),
                vacuumRow("vacuum-partitioned", "VACUUM")
                        .when(
                                "a partitioned table",
                                situation -> isVacuumed(situation, false) && situation.isPartitioned())
                        .target(ACCESS_SHARE, Work.NONE)
                        .lock(Role.PARTITIONS, SHARE_UPDATE_EXCLUSIVE, Work.SCAN, WorkRows::storedBelow)
                        .lock(Role.INDEXES, ROW_EXCLUSIVE, Work.NONE, Situation::storedIndexes)
                        .sample(World.EVENTS, "VACUUM (VERBOSE) events"),
                vacuumRow("vacuum-children-18", "VACUUM")
                        .when(
                                "a table with children by inheritance",
                                situation -> isVacuumed(situation, false) && !situation.isPartitioned())
                        .since(PgVersion.V18)
                        .lock(Role.PARTITIONS, SHARE_UPDATE_EXCLUSIVE, Work.SCAN, WorkRows::storedBelow)
                        .lock(Role.INDEXES, ROW_EXCLUSIVE, Work.NONE, Situation::storedIndexes)
                        .sample(World.INHERITED, "VACUUM (VERBOSE) parent"),
                vacuumRow("vacuum-full", "VACUUM FULL")
                        .when(
                                "",
                                situation -> isVacuumed(situation, true)
                                        && !situation.target().equals(Part.NO_RELATION))
                        .target(ACCESS_EXCLUSIVE, Work.REWRITE)
                        .lock(
                                Role.INDEXES,
                                ACCESS_EXCLUSIVE,
                                Work.INDEX_BUILD,
                                situation -> situation.relations().storedIndexesOf(List.of(situation.target())))
                        .notInTransactionBlock()
                        .sample(World.SHOP, "VACUUM FULL orders", "VACUUM FULL alone"),
                vacuumRow("vacuum-full-partitioned", "VACUUM FULL")
                        .when(
                                "a partitioned table",
                                situation -> isVacuumed(situation, true) && situation.isPartitioned())
                        .lock(Role.PARTITIONS, ACCESS_EXCLUSIVE, Work.REWRITE, Situation::below)
                        .lock(Role.INDEXES, ACCESS_EXCLUSIVE, Work.INDEX_BUILD, Situation::storedIndexes)
                        .sample(World.EVENTS, "VACUUM FULL events"),
                vacuumRow("analyze", "ANALYZE")
                        .when("", situation -> !situation.subject().vacuum())
                        .lock(
                                Role.TARGET,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.READ,
                                situation -> situation.target().equals(Part.NO_RELATION)
                                        ? List.of()
                                        : List.of(situation.target()))
                        .lock(
                                Role.INDEXES,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> situation.relations().storedIndexesOf(List.of(situation.target())))
                        .sample(World.SHOP, "ANALYZE VERBOSE orders", "ANALYZE alone", "ANALYZE"),
                vacuumRow("analyze-partitioned", "ANALYZE")
                        .when(
                                "a partitioned table",
                                situation -> !situation.subject().vacuum() && situation.isPartitioned())
                        .lock(Role.PARTITIONS, SHARE_UPDATE_EXCLUSIVE, Work.READ, Situation::below)
                        .lock(Role.INDEXES, ACCESS_SHARE, Work.NONE, Situation::storedIndexes)
                        .sample(World.EVENTS, "ANALYZE VERBOSE events")
                        .also(World.NESTED, "ANALYZE e1"),
                vacuumRow("analyze-children", "ANALYZE")
                        .when(
                                "a table with children by inheritance",
                                situation -> !situation.subject().vacuum() && !situation.isPartitioned())
                        .until(PgVersion.V17)
                        .lock(Role.PARTITIONS, ACCESS_SHARE, Work.READ, Situation::below)
                        .sample(World.INHERITED, "ANALYZE VERBOSE parent"),
                vacuumRow("analyze-children-18", "ANALYZE")
                        .when(
                                "a table with children by inheritance",
                                situation -> !situation.subject().vacuum() && !situation.isPartitioned())
                        .since(PgVersion.V18)
                        .lock(Role.PARTITIONS, SHARE_UPDATE_EXCLUSIVE, Work.READ, Situation::below)
                        .lock(Role.INDEXES, ACCESS_SHARE, Work.NONE, Situation::storedIndexes)
                        .sample(World.INHERITED, "ANALYZE VERBOSE parent"));
    }

    private static List<QualifiedName> stored(Situation<?> situation, QualifiedName relation) {
        boolean isOne =
                !relation.equals(Part.NO_RELATION) && situation.relations().hasStorage(relation);
        return isOne ? List.of(relation) : List.of();
    }

    private static List<QualifiedName> storedBelow(Situation<?> situation) {
        return situation.below().stream()
                .filter(situation.relations()::hasStorage)
                .toList();
    }

    private static List<LockRow<?>> refresh() {
        return List.of(
                refreshRow("refresh")
                        .when(
                                "without CONCURRENTLY",
                                situation -> !situation.subject().concurrently())
                        .target(ACCESS_EXCLUSIVE, Work.REWRITE)
                        .indexes(ACCESS_EXCLUSIVE, Work.INDEX_BUILD)
                        .sample(World.VIEWS, "REFRESH MATERIALIZED VIEW m WITH NO DATA"),
                refreshRow("refresh-concurrently")
                        .when("CONCURRENTLY", situation -> situation.subject().concurrently())
                        .target(EXCLUSIVE, Work.ROWS)
                        .indexes(ROW_EXCLUSIVE, Work.NONE)
                        .fails("0A000", Failure.When.IF_ROWS_EXIST, "the view must have been populated")
                        .fails("55000", Failure.When.IF_ROWS_EXIST, "the view needs a unique index")
                        .sample(
                                World.VIEWS,
                                "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
                                "REFRESH MATERIALIZED VIEW CONCURRENTLY empty"),
                refreshRow("refresh-concurrently-unkeyed")
                        .when(
                                "CONCURRENTLY, and no unique index covers the view's rows",
                                situation -> situation.subject().concurrently() && isUnkeyed(situation))
                        .fails("55000", Failure.When.ALWAYS, "the view needs a unique index")
                        .sample(World.VIEWS, "REFRESH MATERIALIZED VIEW CONCURRENTLY unkeyed"),
                refreshRow("refresh-reads")
                        .when("WITH DATA", situation -> situation.subject().withData())
                        .lock(
                                Role.SOURCE,
                                ACCESS_SHARE,
                                Work.READ,
                                situation -> situation.dependents().readByView(situation.target()))
                        .lock(
                                Role.INDEXES,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> situation
                                        .relations()
                                        .storedIndexesOf(situation.dependents().readByView(situation.target())))
                        .sample(World.VIEWS, "REFRESH MATERIALIZED VIEW m"),
                clusterRow("cluster")
                        .when("", situation -> !situation.target().equals(Part.NO_RELATION))
                        .target(ACCESS_EXCLUSIVE, Work.REWRITE)
                        .lock(
                                Role.INDEXES,
                                ACCESS_EXCLUSIVE,
                                Work.INDEX_BUILD,
                                situation -> situation.relations().storedIndexesOf(List.of(situation.target())))
                        .fails("42704", Failure.When.IF_ROWS_EXIST, "there is no previously clustered index")
                        .sample(
                                World.SHOP,
                                "CLUSTER orders USING orders_note",
                                "CLUSTER orders USING orders_pkey",
                                "CLUSTER alone"),
                clusterRow("cluster-partitioned-14")
                        .when("a partitioned table", Situation::isPartitioned)
                        .until(PgVersion.V14)
                        .fails("0A000", Failure.When.ALWAYS, "cannot cluster a partitioned table")
                        .sample(World.ONE_PARTITION, "CLUSTER events USING events_id"),
                clusterRow("cluster-partitioned")
                        .when("a partitioned table", Situation::isPartitioned)
                        .since(PgVersion.V15)
                        .lock(Role.PARTITIONS, ACCESS_EXCLUSIVE, Work.REWRITE, Situation::below)
                        .lock(Role.INDEXES, ACCESS_EXCLUSIVE, Work.INDEX_BUILD, Situation::storedIndexes)
                        .lock(
                                Role.INDEXES,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> situation.subject().index().stream()
                                        .map(index -> new QualifiedName(
                                                situation.target().schema(), index))
                                        .toList())
                        .notInTransactionBlock()
                        .sample(World.ONE_PARTITION, "CLUSTER events USING events_id"),
                clusterRow("cluster-all")
                        .when("without a table", situation -> situation.target().equals(Part.NO_RELATION))
                        .notInTransactionBlock()
                        .sample(World.SHOP, "CLUSTER"));
    }

    private static boolean isUnkeyed(Situation<RefreshMaterializedView> situation) {
        return situation.table().filter(Table::complete).isPresent()
                && situation.catalog().indexesOf(situation.target()).stream()
                        .noneMatch(index -> index.unique()
                                && index.predicate().isEmpty()
                                && index.keyColumns().size() == index.keys().size());
    }

    private static LockRow.Builder<RefreshMaterializedView> refreshRow(String id) {
        return LockRow.of(
                id, RefreshMaterializedView.class, "REFRESH MATERIALIZED VIEW", "sql-refreshmaterializedview");
    }

    private static LockRow.Builder<Cluster> clusterRow(String id) {
        return LockRow.of(id, Cluster.class, "CLUSTER", "sql-cluster");
    }

    private static List<LockRow<?>> session() {
        return List.of(
                LockRow.of("explain", SessionStatement.Explain.class, "EXPLAIN", "sql-explain")
                        .when("locks what the statement does; only with ANALYZE it is run", situation -> true)
                        .sample(
                                World.SHOP,
                                "EXPLAIN SELECT * FROM orders",
                                "EXPLAIN ANALYZE SELECT * FROM orders",
                                "EXPLAIN UPDATE orders SET note = 'b'"),
                LockRow.of("prepare", SessionStatement.Prepare.class, "PREPARE", "sql-prepare")
                        .when("SELECT", situation -> situation.subject().statement() instanceof Statement.Select)
                        .sample(World.SHOP, "PREPARE lk AS SELECT * FROM orders"),
                LockRow.of("declare", SessionStatement.DeclareCursor.class, "DECLARE", "sql-declare")
                        .sample(World.SHOP, "DECLARE lk CURSOR FOR SELECT * FROM orders"),
                LockRow.of(
                                "set-constraints",
                                SessionStatement.SetConstraints.class,
                                "SET CONSTRAINTS",
                                "sql-set-constraints")
                        .sample(World.SHOP, "SET CONSTRAINTS ALL DEFERRED"),
                LockRow.of("session", SessionStatement.Session.class, "DISCARD, NOTIFY, SHOW, …", "sql-commands")
                        .when("", situation -> situation.subject().kind() != SessionStatement.Session.Kind.DISCARD_ALL)
                        .sample(World.SHOP, "NOTIFY lk", "DISCARD PLANS", "SHOW work_mem", "CHECKPOINT"),
                LockRow.of("discard-all", SessionStatement.Session.class, "DISCARD ALL", "sql-discard")
                        .when("", situation -> situation.subject().kind() == SessionStatement.Session.Kind.DISCARD_ALL)
                        .notInTransactionBlock()
                        .sample(World.SHOP, "DISCARD ALL"),
                LockRow.of("set", Statement.SetParameter.class, "SET, RESET", "sql-set")
                        .sample(World.SHOP, "SET lock_timeout = '1s'", "RESET lock_timeout"),
                LockRow.of("transaction", Statement.Transaction.class, "BEGIN, COMMIT, SAVEPOINT, …", "sql-begin")
                        .sample(World.SHOP, "SAVEPOINT s"));
    }
}
