package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.ACCESS_SHARE;
import static dev.lockstep.lock.LockMode.ROW_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ROW_SHARE;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.lock.Part.Read;
import dev.lockstep.sql.Statement.Copy;
import dev.lockstep.sql.Statement.Select;
import java.util.List;
import java.util.stream.Stream;

/** What is read: by SELECT, and by the queries within other statements. */
final class QueryRows {

    private QueryRows() {}

    private static LockRow.Builder<Read> read(String id) {
        return LockRow.of(id, Read.class, "SELECT, and what other statements read", "sql-select");
    }

    static List<LockRow<?>> rows() {
        return List.of(
                LockRow.of("select", Select.class, "SELECT", "sql-select")
                        .lock(Role.SEQUENCES, ROW_EXCLUSIVE, Work.NONE, QueryRows::sequences)
                        .sample(World.SHOP, "SELECT 1", "VALUES (1)")
                        .also(World.SEQUENCES, "SELECT nextval('s')", "SELECT setval('s', 100)"),
                read("read-definition")
                        .when(
                                "looked up, not run",
                                situation -> !situation.subject().executed())
                        .target(ACCESS_SHARE, Work.NONE)
                        .sample(
                                World.SHOP,
                                "CREATE VIEW v AS SELECT * FROM orders",
                                "CREATE TABLE t AS SELECT * FROM orders WITH NO DATA"),
                read("read")
                        .when(
                                "",
                                situation -> situation.subject().executed()
                                        && !situation.subject().locksRows())
                        .lock(Role.SOURCE, ACCESS_SHARE, Work.READ, QueryRows::sources)
                        .lock(Role.INDEXES, ACCESS_SHARE, Work.NONE, QueryRows::indexes)
                        .sample(
                                World.SHOP,
                                "SELECT * FROM orders",
                                "SELECT * FROM orders o JOIN customers c ON c.id = o.customer_id",
                                "INSERT INTO alone SELECT total, note FROM orders",
                                "COPY (SELECT * FROM orders) TO '/dev/null'")
                        .also(World.VIEWS, "SELECT * FROM vv", "SELECT * FROM m")
                        .also(World.EVENTS, "SELECT * FROM events", "SELECT * FROM events_1")
                        .also(World.INHERITED, "SELECT * FROM parent"),
                read("read-partitioned")
                        .when(
                                "a partitioned table with indexes; before 16 only with ONLY",
                                situation -> situation.subject().executed()
                                        && !situation.subject().locksRows()
                                        && situation.locksPartitionedIndexes())
                        .lock(
                                Role.INDEXES,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> situation.relations().unstoredIndexesOf(sources(situation)))
                        .sample(World.EVENTS, "SELECT * FROM events", "SELECT * FROM ONLY events"),
                read("read-partition")
                        .when(
                                "a partition that is partitioned itself",
                                situation -> situation.subject().executed() && situation.isPartitioned())
                        .mayLock(
                                Role.PARENT,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> situation.relations().partitionedParent(situation.target()).stream()
                                        .toList())
                        .sample(World.NESTED, "SELECT * FROM e1"),
                read("read-for-update")
                        .when(
                                "FOR UPDATE, FOR SHARE",
                                situation -> situation.subject().locksRows())
                        .lock(Role.SOURCE, ROW_SHARE, Work.READ, QueryRows::sources)
                        .lock(Role.INDEXES, ROW_SHARE, Work.NONE, QueryRows::indexes)
                        .sample(
                                World.SHOP,
                                "SELECT * FROM orders FOR UPDATE",
                                "SELECT * FROM orders FOR SHARE",
                                "SELECT * FROM orders o, customers c FOR UPDATE OF o"),
                read("read-partitioned-for-update")
                        .when(
                                "FOR UPDATE of a partitioned table with indexes; before 16 only with ONLY",
                                situation -> situation.subject().locksRows() && situation.locksPartitionedIndexes())
                        .lock(
                                Role.INDEXES,
                                ROW_SHARE,
                                Work.NONE,
                                situation -> situation.relations().unstoredIndexesOf(sources(situation)))
                        .sample(
                                World.EVENTS,
                                "SELECT * FROM events FOR UPDATE",
                                "SELECT * FROM ONLY events FOR UPDATE"),
                LockRow.of("copy-to", Copy.class, "COPY … TO", "sql-copy")
                        .when(
                                "a table",
                                situation -> !situation.subject().from()
                                        && situation.subject().table().isPresent())
                        .target(ACCESS_SHARE, Work.SCAN)
                        .sample(World.SHOP, "COPY alone TO '/dev/null'", "COPY orders TO '/dev/null'"),
                LockRow.of("copy-query-to", Copy.class, "COPY … TO", "sql-copy")
                        .when(
                                "a query: locks what it reads",
                                situation -> !situation.subject().from()
                                        && situation.subject().table().isEmpty())
                        .sample(World.SHOP, "COPY (SELECT * FROM orders) TO '/dev/null'"),
                LockRow.of("copy-view-to", Copy.class, "COPY … TO", "sql-copy")
                        .when("a view", situation -> !situation.subject().from() && situation.isView())
                        .fails("42809", Failure.When.ALWAYS, "cannot copy from view")
                        .sample(World.VIEWS, "COPY v TO '/dev/null'"),
                LockRow.of("copy-materialized-view-to-17", Copy.class, "COPY … TO", "sql-copy")
                        .when(
                                "a materialized view",
                                situation -> !situation.subject().from() && situation.isMaterializedView())
                        .until(PgVersion.V17)
                        .fails("42809", Failure.When.ALWAYS, "cannot copy from materialized view")
                        .sample(World.VIEWS, "COPY m TO '/dev/null'"),
                LockRow.of("copy-partitioned-to", Copy.class, "COPY … TO", "sql-copy")
                        .when(
                                "a partitioned table",
                                situation -> !situation.subject().from() && situation.isPartitioned())
                        .fails("42809", Failure.When.ALWAYS, "cannot copy from partitioned table")
                        .sample(World.EVENTS, "COPY events TO '/dev/null'"));
    }

    private static List<QualifiedName> sequences(Situation<Select> situation) {
        return situation.subject().query().outputs().stream()
                .flatMap(output -> situation.dependents().sequencesIn(output.value()).stream())
                .toList();
    }

    /** The relation with what is below it, and what a view reads with what is below that. */
    private static List<QualifiedName> sources(Situation<?> situation) {
        return Stream.concat(
                        situation.tree().stream(),
                        situation.relations().isView(situation.target())
                                ? situation.dependents().readByView(situation.target()).stream()
                                : Stream.empty())
                .distinct()
                .toList();
    }

    private static List<QualifiedName> indexes(Situation<?> situation) {
        return situation.relations().storedIndexesOf(sources(situation));
    }
}
