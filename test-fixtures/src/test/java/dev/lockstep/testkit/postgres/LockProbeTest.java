package dev.lockstep.testkit.postgres;

import static dev.lockstep.lock.LockMode.ACCESS_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ROW_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.SHARE;
import static dev.lockstep.lock.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.SHARE_UPDATE_EXCLUSIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.lockstep.observe.LockProbe;
import dev.lockstep.observe.Observation;
import dev.lockstep.observe.Observation.Failure;
import dev.lockstep.observe.ObservedLock;
import java.sql.SQLException;

final class LockProbeTest {

    private static final String SHOP = """
            CREATE TABLE customers (id bigint PRIMARY KEY, email text);
            CREATE TABLE orders (
                id bigint PRIMARY KEY,
                customer_id bigint REFERENCES customers,
                note text);
            CREATE INDEX orders_note ON orders (note);
            INSERT INTO customers SELECT n, 'customer ' || n FROM generate_series(1, 100) n;
            INSERT INTO orders SELECT n, n FROM generate_series(1, 100) n;
            """;

    @OnEveryPostgres
    void setNotNullScansUnderTheStrongestLock(PgServer server) throws SQLException {
        Observation observation = observe(server, "ALTER TABLE customers ALTER email SET NOT NULL");

        assertThat(observation.locks()).containsExactly(new ObservedLock("public.customers", 'r', ACCESS_EXCLUSIVE));
        assertThat(observation.scanned()).containsExactly("public.customers");
        assertThat(observation.rewritten()).isEmpty();
        assertThat(observation.inTransaction()).isTrue();
    }

    @OnEveryPostgres
    void aValidatedCheckSparesTheScan(PgServer server) throws SQLException {
        String check = "ALTER TABLE customers ADD CONSTRAINT has_email CHECK (email IS NOT NULL);";

        Observation observation = server.observe(SHOP + check, "ALTER TABLE customers ALTER email SET NOT NULL");

        assertThat(observation.mode("public.customers")).contains(ACCESS_EXCLUSIVE);
        assertThat(observation.scanned()).isEmpty();
    }

    @OnEveryPostgres
    void aConstantDefaultWritesNothing(PgServer server) throws SQLException {
        Observation observation = observe(server, "ALTER TABLE customers ADD score int DEFAULT 5");

        assertThat(observation.mode("public.customers")).contains(ACCESS_EXCLUSIVE);
        assertThat(observation.rewritten()).isEmpty();
        assertThat(observation.rebuilt()).isEmpty();
        assertThat(observation.scanned()).isEmpty();
    }

    @OnEveryPostgres
    void aVolatileDefaultRewritesTheTableAndItsIndexes(PgServer server) throws SQLException {
        Observation observation = observe(server, "ALTER TABLE orders ADD token uuid DEFAULT gen_random_uuid()");

        assertThat(observation.rewritten()).containsExactly("public.orders");
        assertThat(observation.rebuilt()).containsExactly("public.orders_note", "public.orders_pkey");
    }

    @OnEveryPostgres
    void anIndexReplacedByATypeChangeIsRebuiltUnderItsName(PgServer server) throws SQLException {
        Observation observation = observe(server, "ALTER TABLE orders ALTER id TYPE int");

        assertThat(observation.rebuilt()).contains("public.orders_pkey");
        assertThat(observation.createdLocks()).isEmpty();
    }

    @OnEveryPostgres
    void droppingAReferencingTableLocksTheReferencedOne(PgServer server) throws SQLException {
        Observation observation = observe(server, "DROP TABLE orders");

        assertThat(observation.mode("public.orders")).contains(ACCESS_EXCLUSIVE);
        assertThat(observation.mode("public.customers")).contains(ACCESS_EXCLUSIVE);
        assertThat(observation.scanned()).isEmpty();
    }

    @OnEveryPostgres
    void aForeignKeyIsCheckedWithoutADebugMessageForTheTable(PgServer server) throws SQLException {
        Observation observation =
                observe(server, "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers");

        assertThat(observation.mode("public.orders")).contains(SHARE_ROW_EXCLUSIVE);
        assertThat(observation.mode("public.customers")).contains(SHARE_ROW_EXCLUSIVE);
        assertThat(observation.scanned()).contains("public.orders");
    }

    @OnEveryPostgres
    void aDomainCheckScansTheTablesThatUseIt(PgServer server) throws SQLException {
        String domain = "CREATE DOMAIN code AS text; CREATE TABLE coupons (code code);";

        Observation observation = server.observe(domain, "ALTER DOMAIN code ADD CHECK (VALUE <> '')");

        assertThat(observation.mode("public.coupons")).contains(SHARE);
        assertThat(observation.scanned()).containsExactly("public.coupons");
        assertThat(observation.messages()).noneMatch(message -> message.contains("coupons"));
    }

    @OnEveryPostgres
    void whatAStatementCreatesIsKeptApart(PgServer server) throws SQLException {
        Observation observation = observe(server, "CREATE INDEX orders_customer ON orders (customer_id)");

        assertThat(observation.locks()).containsExactly(new ObservedLock("public.orders", 'r', SHARE));
        assertThat(observation.createdLocks())
                .extracting(ObservedLock::relation)
                .containsExactly("public.orders_customer");
    }

    @OnEveryPostgres
    void writtenRowsAreCounted(PgServer server) throws SQLException {
        assertThat(observe(server, "UPDATE orders SET note = 'x' WHERE id <= 30")
                        .rowsWritten())
                .containsExactly(entry("public.orders", 30L));
    }

    @OnEveryPostgres
    void aFailureIsAnObservation(PgServer server) throws SQLException {
        Observation observation = observe(server, "ALTER TABLE orders ALTER note SET NOT NULL");

        assertThat(observation.failure().map(Failure::sqlState)).contains("23502");
        assertThat(observation.locks()).isEmpty();
    }

    @OnEveryPostgres
    void theStatementLeavesNothingBehind(PgServer server) throws SQLException {
        try (ScratchDatabase database = server.database()) {
            database.execute(SHOP);
            LockProbe.observe(database, "DROP TABLE orders");
            assertThat(LockProbe.observe(database, "TRUNCATE orders").mode("public.orders"))
                    .contains(ACCESS_EXCLUSIVE);
        }
    }

    @OnEveryPostgres
    void aConcurrentIndexBuildIsSeenWhereItWaits(PgServer server) throws SQLException {
        Observation observation = observe(server, "CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id)");

        assertThat(observation.inTransaction()).isFalse();
        assertThat(observation.locks()).containsExactly(new ObservedLock("public.orders", 'r', SHARE_UPDATE_EXCLUSIVE));
        assertThat(observation.scanned()).containsExactly("public.orders");
    }

    @OnEveryPostgres
    void aConcurrentIndexBuildThatFailsTellsWhy(PgServer server) throws SQLException {
        Observation observation = server.observe(
                SHOP + "UPDATE orders SET note = 'same';", "CREATE UNIQUE INDEX CONCURRENTLY u ON orders (note)");

        assertThat(observation.inTransaction()).isFalse();
        assertThat(observation.failure().map(Failure::sqlState)).contains("23505");
    }

    @OnEveryPostgres
    void aConcurrentReindexGivesTheIndexNewStorage(PgServer server) throws SQLException {
        Observation observation = observe(server, "REINDEX INDEX CONCURRENTLY orders_pkey");

        assertThat(observation.locks())
                .containsExactly(
                        new ObservedLock("public.orders", 'r', SHARE_UPDATE_EXCLUSIVE),
                        new ObservedLock("public.orders_pkey", 'i', SHARE_UPDATE_EXCLUSIVE));
        assertThat(observation.rebuilt()).containsExactly("public.orders_pkey");
    }

    @OnEveryPostgres
    void aConcurrentDropIsSeenWhereItWaits(PgServer server) throws SQLException {
        assertThat(observe(server, "DROP INDEX CONCURRENTLY orders_note").locks())
                .containsExactly(
                        new ObservedLock("public.orders", 'r', SHARE_UPDATE_EXCLUSIVE),
                        new ObservedLock("public.orders_note", 'i', SHARE_UPDATE_EXCLUSIVE));
    }

    @OnEveryPostgres
    void aConcurrentDetachEndsWithTheStrongestLockOnThePartition(PgServer server) throws SQLException {
        String partitions = """
                CREATE TABLE events (id int) PARTITION BY LIST (id);
                CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
                """;

        Observation observation =
                server.observe(partitions, "ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY");

        assertThat(observation.mode("public.events")).contains(SHARE_UPDATE_EXCLUSIVE);
        assertThat(observation.mode("public.events_1")).contains(ACCESS_EXCLUSIVE);
    }

    @OnEveryPostgres
    void vacuumIsSeenAtTheTableAndAtEachIndex(PgServer server) throws SQLException {
        Observation observation = observe(server, "VACUUM orders");

        assertThat(observation.locks())
                .containsExactly(
                        new ObservedLock("public.orders", 'r', SHARE_UPDATE_EXCLUSIVE),
                        new ObservedLock("public.orders_note", 'i', ROW_EXCLUSIVE),
                        new ObservedLock("public.orders_pkey", 'i', ROW_EXCLUSIVE));
        assertThat(observation.rewritten()).isEmpty();
        assertThat(observe(server, "VACUUM FULL orders").rewritten()).containsExactly("public.orders");
    }

    @OnEveryPostgres
    void aBlockThatCommitsRunsOutsideATransaction(PgServer server) throws SQLException {
        Observation observation = observe(server, "DO $$ BEGIN UPDATE orders SET note = 'x'; COMMIT; END $$");

        assertThat(observation.inTransaction()).isFalse();
        assertThat(observation.mode("public.orders")).contains(ROW_EXCLUSIVE);
        assertThat(observation.failure()).isEmpty();
    }

    private static Observation observe(PgServer server, String statement) throws SQLException {
        return server.observe(SHOP, statement);
    }
}
