package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.ACCESS_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ACCESS_SHARE;
import static dev.lockstep.lock.LockMode.SHARE;
import static dev.lockstep.lock.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.sql.AlterAction.AttachPartition;
import dev.lockstep.sql.Identifier;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement.CreateIndex;
import dev.lockstep.sql.Statement.Drop;
import dev.lockstep.sql.Statement.Reindex;
import java.util.List;
import java.util.function.Predicate;

/** Indexes made, dropped and built anew. */
final class IndexRows {

    private IndexRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(create(), drop(), reindex());
    }

    private static LockRow.Builder<CreateIndex> createRow(String id) {
        return LockRow.of(id, CreateIndex.class, "CREATE INDEX", "sql-createindex");
    }

    private static List<LockRow<?>> create() {
        return List.of(
                createRow("create-index")
                        .when(
                                "without CONCURRENTLY",
                                situation -> !situation.subject().concurrently())
                        .target(SHARE, Work.NONE)
                        .sample(World.SHOP, "CREATE INDEX IF NOT EXISTS orders_note ON orders (note)")
                        .also(World.EVENTS, "CREATE INDEX i ON ONLY events (id)"),
                createRow("create-index-build")
                        .when(
                                "without CONCURRENTLY, unless it exists or is of ONLY a partitioned table",
                                situation -> !situation.subject().concurrently() && !isThere(situation))
                        .work(Role.TARGET, Work.INDEX_BUILD, situation -> List.of(situation.target()))
                        .lock(
                                Role.PARTITIONS,
                                SHARE,
                                Work.INDEX_BUILD,
                                situation -> situation.isPartitioned() ? situation.below() : List.of())
                        .sample(
                                World.SHOP,
                                "CREATE INDEX ON orders (total)",
                                "CREATE INDEX i ON orders (lower(note))",
                                "CREATE INDEX i ON orders (total) WHERE total > 0",
                                "CREATE UNIQUE INDEX i ON orders (total)")
                        .also(World.EVENTS, "CREATE INDEX i ON events (id)", "CREATE INDEX i ON events_1 (id)")
                        .also(World.NESTED, "CREATE INDEX i ON e (r)")
                        .also(World.INHERITED, "CREATE INDEX i ON parent (a)")
                        .also(World.VIEWS, "CREATE INDEX i ON m (b)"),
                createRow("create-unique-index")
                        .when("UNIQUE", situation -> situation.subject().unique() && !isThere(situation))
                        .fails("23505", Failure.When.IF_A_ROW_VIOLATES, "could not create unique index")
                        .sample(World.BROKEN, "CREATE UNIQUE INDEX i ON c (id)"),
                createRow("create-index-concurrently")
                        .when("CONCURRENTLY", situation -> situation.subject().concurrently())
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .notInTransactionBlock()
                        .sample(World.SHOP, "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_note ON orders (note)"),
                createRow("create-index-concurrently-build")
                        .when(
                                "CONCURRENTLY, unless it exists",
                                situation -> situation.subject().concurrently() && !isThere(situation))
                        .work(Role.TARGET, Work.INDEX_BUILD, situation -> List.of(situation.target()))
                        .sample(
                                World.SHOP,
                                "CREATE INDEX CONCURRENTLY i ON orders (total)",
                                "CREATE UNIQUE INDEX CONCURRENTLY i ON alone (a)")
                        .also(World.EVENTS, "CREATE INDEX CONCURRENTLY i ON events_1 (id)"),
                createRow("create-index-concurrently-partitioned")
                        .when(
                                "CONCURRENTLY, on a partitioned table",
                                situation -> situation.subject().concurrently() && situation.isPartitioned())
                        .fails("0A000", Failure.When.ALWAYS, "cannot create index on partitioned table concurrently")
                        .sample(World.EVENTS, "CREATE INDEX CONCURRENTLY i ON events (id)"),
                createRow("create-index-exists")
                        .when(
                                "the name is taken",
                                situation -> !situation.subject().ifNotExists() && isThere(situation))
                        .fails("42P07", Failure.When.ALWAYS, "relation already exists")
                        .sample(World.SHOP, "CREATE INDEX orders_note ON orders (note)"),
                createRow("create-index-nulls-not-distinct")
                        .when(
                                "NULLS NOT DISTINCT",
                                situation -> situation.subject().nullsNotDistinct())
                        .until(PgVersion.V14)
                        .fails("42601", Failure.When.ALWAYS, "NULLS NOT DISTINCT needs PostgreSQL 15")
                        .sample(World.SHOP, "CREATE UNIQUE INDEX i ON orders (total) NULLS NOT DISTINCT"));
    }

    private static boolean isThere(Situation<CreateIndex> situation) {
        return situation
                .subject()
                .index()
                .map(Identifier::name)
                .map(name -> new QualifiedName(situation.target().schema(), name))
                .filter(situation.relations()::exists)
                .isPresent();
    }

    private static LockRow.Builder<Drop> dropRow(String id) {
        return LockRow.of(id, Drop.class, "DROP INDEX", "sql-dropindex");
    }

    private static Predicate<Situation<Drop>> drops(boolean concurrently) {
        return situation -> situation.subject().kind() == ObjectKind.INDEX
                && situation.subject().concurrently() == concurrently;
    }

    private static List<LockRow<?>> drop() {
        return List.of(
                dropRow("drop-index")
                        .when("without CONCURRENTLY", drops(false))
                        .lock(
                                Role.TARGET,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.relations().indexTree(situation.target()))
                        .lock(
                                Role.TABLE,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.relations().treeOfIndex(situation.target()))
                        .sample(World.SHOP, "DROP INDEX orders_note")
                        .also(World.EVENTS, "DROP INDEX events_kind"),
                dropRow("drop-index-concurrently")
                        .when("CONCURRENTLY", drops(true))
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.TABLE,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.relations().tableOf(situation.target()))
                        .notInTransactionBlock()
                        .sample(World.SHOP, "DROP INDEX CONCURRENTLY orders_note"),
                dropRow("drop-index-concurrently-partitioned")
                        .when(
                                "CONCURRENTLY, of a partitioned table",
                                situation -> drops(true).test(situation)
                                        && situation.relations().tableOf(situation.target()).stream()
                                                .anyMatch(situation.relations()::isPartitioned))
                        .fails("0A000", Failure.When.ALWAYS, "cannot drop partitioned index concurrently")
                        .sample(World.EVENTS, "DROP INDEX CONCURRENTLY events_kind"),
                dropRow("drop-index-of-constraint")
                        .when(
                                "a constraint, or the index of a partitioned table, needs it",
                                situation -> situation.subject().kind() == ObjectKind.INDEX
                                        && situation.relations().isIndexNeeded(situation.target()))
                        .fails("2BP01", Failure.When.ALWAYS, "other objects require the index")
                        .sample(World.SHOP, "DROP INDEX orders_pkey")
                        .also(World.EVENTS, "DROP INDEX events_1_kind_idx"),
                LockRow.of("attach-index", AttachPartition.class, "ALTER INDEX … ATTACH PARTITION", "sql-alterindex")
                        .when("", situation -> situation.subject().bound().isEmpty())
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.PARTITION,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> List.of(
                                        situation.resolve(situation.subject().partition())))
                        .lock(
                                Role.TABLE,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> Relations.concat(
                                        situation.relations().tableOf(situation.target()),
                                        situation
                                                .relations()
                                                .tableOf(situation.resolve(
                                                        situation.subject().partition()))))
                        .sample(World.EVENTS, "ALTER INDEX events_kind ATTACH PARTITION events_1_kind_idx"));
    }

    private static LockRow.Builder<Reindex> reindexRow(String id) {
        return LockRow.of(id, Reindex.class, "REINDEX", "sql-reindex");
    }

    private static Predicate<Situation<Reindex>> reindexes(Reindex.Target target, boolean concurrently) {
        return situation ->
                situation.subject().target() == target && situation.subject().concurrently() == concurrently;
    }

    private static List<LockRow<?>> reindex() {
        return List.of(
                reindexRow("reindex-table")
                        .when("TABLE", reindexes(Reindex.Target.TABLE, false))
                        .lock(Role.TREE, SHARE, Work.NONE, IndexRows::reindexed)
                        .sample(World.SHOP, "REINDEX TABLE alone")
                        .also(World.BARE, "REINDEX TABLE events"),
                reindexRow("reindex-table-indexes")
                        .when("TABLE with indexes", reindexes(Reindex.Target.TABLE, false))
                        .work(Role.TREE, Work.INDEX_BUILD, IndexRows::indexed)
                        .lock(Role.INDEXES, ACCESS_EXCLUSIVE, Work.INDEX_BUILD, IndexRows::indexes)
                        .sample(World.SHOP, "REINDEX TABLE orders")
                        .also(World.EVENTS, "REINDEX TABLE events_1")
                        .also(World.VIEWS, "REINDEX TABLE m"),
                reindexRow("reindex-index")
                        .when("INDEX", reindexes(Reindex.Target.INDEX, false))
                        .lock(
                                Role.TARGET,
                                ACCESS_EXCLUSIVE,
                                Work.INDEX_BUILD,
                                situation -> situation.relations().indexTree(situation.target()))
                        .lock(
                                Role.TABLE,
                                SHARE,
                                Work.INDEX_BUILD,
                                situation -> situation.relations().treeOfIndex(situation.target()))
                        .sample(World.SHOP, "REINDEX INDEX orders_note", "REINDEX INDEX customers_pkey"),
                reindexRow("reindex-table-concurrently")
                        .when("TABLE CONCURRENTLY", reindexes(Reindex.Target.TABLE, true))
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .notInTransactionBlock()
                        .sample(World.SHOP, "REINDEX TABLE CONCURRENTLY alone"),
                reindexRow("reindex-table-concurrently-indexes")
                        .when("TABLE CONCURRENTLY with indexes", reindexes(Reindex.Target.TABLE, true))
                        .work(Role.TREE, Work.INDEX_BUILD, IndexRows::indexed)
                        .lock(Role.INDEXES, SHARE_UPDATE_EXCLUSIVE, Work.INDEX_BUILD, IndexRows::indexes)
                        .sample(World.SHOP, "REINDEX TABLE CONCURRENTLY orders"),
                reindexRow("reindex-index-concurrently")
                        .when("INDEX CONCURRENTLY", reindexes(Reindex.Target.INDEX, true))
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.INDEX_BUILD)
                        .lock(
                                Role.TABLE,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.INDEX_BUILD,
                                situation -> situation.relations().treeOfIndex(situation.target()))
                        .notInTransactionBlock()
                        .sample(World.SHOP, "REINDEX INDEX CONCURRENTLY orders_note"),
                reindexRow("reindex-partitioned")
                        .when("a partitioned table or its index", IndexRows::isPartitioned)
                        .notInTransactionBlock()
                        .sample(World.EVENTS, "REINDEX TABLE events"),
                reindexRow("reindex-partitioned-concurrently")
                        .when(
                                "a partitioned table CONCURRENTLY: a first transaction holds its partitions",
                                situation -> isPartitioned(situation)
                                        && situation.subject().concurrently()
                                        && situation.subject().target() == Reindex.Target.TABLE)
                        .lock(Role.PARTITIONS, SHARE, Work.NONE, Situation::below)
                        .sample(World.ONE_PARTITION, "REINDEX TABLE CONCURRENTLY events")
                        .also(World.BARE, "REINDEX TABLE CONCURRENTLY events"),
                reindexRow("reindex-partitioned-index-concurrently")
                        .when(
                                "a partitioned index CONCURRENTLY: a first transaction holds its parts",
                                situation -> isPartitioned(situation)
                                        && situation.subject().concurrently()
                                        && situation.subject().target() == Reindex.Target.INDEX)
                        .lock(
                                Role.PARTITION_INDEXES,
                                SHARE,
                                Work.INDEX_BUILD,
                                situation -> situation.relations().indexTree(situation.target()).stream()
                                        .filter(index -> !index.equals(situation.target()))
                                        .toList())
                        .sample(World.ONE_PARTITION, "REINDEX INDEX CONCURRENTLY events_id"),
                reindexRow("reindex-unnamed")
                        .when(
                                "DATABASE or SYSTEM without its name",
                                situation -> situation.subject().object().isEmpty())
                        .until(PgVersion.V15)
                        .fails("42601", Failure.When.ALWAYS, "the name may be left out from PostgreSQL 16 on")
                        .sample(World.CHECKED, "REINDEX DATABASE", "REINDEX SYSTEM"),
                reindexRow("reindex-system")
                        .when("SYSTEM", situation -> situation.subject().target() == Reindex.Target.SYSTEM)
                        .notInTransactionBlock()
                        .sample(World.CHECKED, "REINDEX SYSTEM"),
                reindexRow("reindex-many")
                        .when(
                                "SCHEMA, DATABASE or SYSTEM",
                                situation -> isOfMany(situation)
                                        && !situation.subject().concurrently())
                        .lock(Role.TABLE, SHARE, Work.NONE, IndexRows::tables)
                        .lock(Role.TABLE, SHARE, Work.INDEX_BUILD, IndexRows::indexedTables)
                        .lock(
                                Role.INDEXES,
                                ACCESS_EXCLUSIVE,
                                Work.INDEX_BUILD,
                                situation -> situation.relations().storedIndexesOf(tables(situation)))
                        .notInTransactionBlock()
                        .sample(World.SCHEMAS, "REINDEX SCHEMA shop"),
                reindexRow("reindex-many-concurrently")
                        .when(
                                "SCHEMA or DATABASE CONCURRENTLY",
                                situation -> isOfMany(situation)
                                        && situation.subject().concurrently())
                        .lock(Role.TABLE, SHARE_UPDATE_EXCLUSIVE, Work.INDEX_BUILD, IndexRows::indexedTables)
                        .lock(
                                Role.INDEXES,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.INDEX_BUILD,
                                situation -> situation.relations().storedIndexesOf(tables(situation)))
                        .notInTransactionBlock()
                        .sample(World.PROOF, "REINDEX SCHEMA CONCURRENTLY public"));
    }

    /** The target, and its partitions; children by inheritance are left alone. */
    private static List<QualifiedName> reindexed(Situation<Reindex> situation) {
        return situation.isPartitioned() ? situation.tree() : List.of(situation.target());
    }

    private static List<QualifiedName> indexes(Situation<Reindex> situation) {
        return situation.relations().storedIndexesOf(reindexed(situation));
    }

    private static List<QualifiedName> indexed(Situation<Reindex> situation) {
        return reindexed(situation).stream()
                .filter(table -> !situation.catalog().indexesOf(table).isEmpty())
                .toList();
    }

    private static boolean isPartitioned(Situation<Reindex> situation) {
        return switch (situation.subject().target()) {
            case TABLE -> situation.isPartitioned();
            case INDEX ->
                situation.relations().tableOf(situation.target()).stream()
                        .anyMatch(situation.relations()::isPartitioned);
            default -> false;
        };
    }

    private static boolean isOfMany(Situation<Reindex> situation) {
        return switch (situation.subject().target()) {
            case SCHEMA, DATABASE -> true;
            default -> false;
        };
    }

    /** The target of REINDEX SCHEMA is the schema; that of DATABASE is everything. */
    private static List<QualifiedName> tables(Situation<Reindex> situation) {
        boolean everything = situation.subject().target() == Reindex.Target.DATABASE;
        return situation.relations().tables().stream()
                .filter(table ->
                        everything || table.schema().equals(situation.target().schema()))
                .filter(situation.relations()::hasStorage)
                .toList();
    }

    private static List<QualifiedName> indexedTables(Situation<Reindex> situation) {
        return tables(situation).stream()
                .filter(table -> !situation.catalog().indexesOf(table).isEmpty())
                .toList();
    }
}
