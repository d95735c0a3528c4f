package dev.lockstep.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.lockstep.lock.LockMode;
import dev.lockstep.observe.Difference;
import dev.lockstep.observe.ObservedLock;
import dev.lockstep.observe.ObservedSession;
import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import dev.lockstep.verify.MigrationResult.Outcome;
import dev.lockstep.verify.StatementCheck.Verdict;
import java.sql.SQLException;
import java.util.List;

final class VerifierTest {

    private static final String TABLE = "CREATE TABLE orders (id int PRIMARY KEY, note text);";
    private static final String ROWS = "INSERT INTO orders VALUES (1, 'a'), (2, NULL);";

    @OnEveryPostgres
    void aFailureThatNeedsRowsHappensWithRows(PgServer server) throws SQLException {
        String addColumn = "ALTER TABLE orders ADD COLUMN total int NOT NULL;";

        VerifyReport filled = Scripts.none()
                .and("V1__a.sql", TABLE + ROWS)
                .and("V2__b.sql", addColumn)
                .verify(server);
        VerifyReport empty = Scripts.none()
                .and("V1__a.sql", TABLE)
                .and("V2__b.sql", addColumn)
                .verify(server);

        assertThat(last(filled).observed().failure().map(failure -> failure.sqlState()))
                .contains("23502");
        assertThat(last(filled).verdict()).isEqualTo(Verdict.EXACT);
        assertThat(last(empty).observed().failure()).isEmpty();
        assertThat(last(empty).differences()).noneMatch(difference -> difference.aspect() == Difference.Aspect.FAILURE);
    }

    @OnEveryPostgres
    void aFailureThatIsNotTheRowsFaultIsADifference(PgServer server) throws SQLException {
        VerifyReport report = Scripts.none()
                .and("V1__a.sql", TABLE + ROWS)
                .and("V2__b.sql", "ALTER TABLE orders ADD CONSTRAINT c CHECK (id / 0 > 0);")
                .verify(server);

        assertThat(last(report).observed().failure()).isPresent();
        assertThat(last(report).differences())
                .extracting(Difference::aspect)
                .containsExactly(Difference.Aspect.FAILURE);
    }

    @OnEveryPostgres
    void locksOfEarlierStatementsAreToldApart(PgServer server) throws SQLException {
        VerifyReport report = Scripts.none()
                .and("V1__a.sql", TABLE)
                .and(
                        "V2__b.sql",
                        "ALTER TABLE orders ADD COLUMN a int; ALTER TABLE orders RENAME COLUMN a TO b;"
                                + " ALTER TABLE orders RENAME TO invoices;")
                .verify(server);

        List<StatementCheck> statements = report.migrations().get(1).statements();
        assertThat(statements.get(0).observed().locks())
                .containsExactly(new ObservedLock("public.orders", 'r', LockMode.ACCESS_EXCLUSIVE));
        assertThat(statements.get(1).observed().locks()).isEmpty();
        assertThat(statements.get(1).observed().alreadyHeld())
                .contains(new ObservedLock("public.orders", 'r', LockMode.ACCESS_EXCLUSIVE));
        assertThat(statements).extracting(StatementCheck::verdict).containsOnly(Verdict.EXACT);
    }

    @OnEveryPostgres
    void aWrongPredictionShows(PgServer server) throws SQLException {
        // A default calls a function that writes to a table: the model does not look into defaults.
        VerifyReport report = Scripts.none()
                .and("V1__a.sql", TABLE + """
                        CREATE TABLE log (at timestamptz);
                        CREATE FUNCTION note() RETURNS int LANGUAGE plpgsql AS
                          $$ BEGIN INSERT INTO log VALUES (now()); RETURN 1; END $$;
                        CREATE TABLE noted (id int DEFAULT note());
                        """)
                .and("V2__b.sql", "INSERT INTO noted DEFAULT VALUES;")
                .verify(server);

        assertThat(last(report).verdict()).isNotEqualTo(Verdict.EXACT);
        assertThat(last(report).observed().mode("public.log")).contains(LockMode.ROW_EXCLUSIVE);
        assertThat(report.isExact()).isFalse();
    }

    @OnEveryPostgres
    void copyDataIsFed(PgServer server) throws SQLException {
        VerifyReport report = Scripts.none()
                .and(
                        "1.sql",
                        TABLE + "\nCOPY orders (id, note) FROM stdin;\n1\tone\n2\t\\N\n\\.\nDELETE FROM orders;\n")
                .verify(server);

        List<StatementCheck> statements = report.migrations().get(0).statements();
        assertThat(statements.get(1).observed().rowsWritten()).containsExactly(entry("public.orders", 2L));
        assertThat(statements.get(2).observed().rowsWritten()).containsExactly(entry("public.orders", 2L));
    }

    @OnEveryPostgres
    void metaCommandsAreSkippedAndNamed(PgServer server) throws SQLException {
        VerifyReport report =
                Scripts.none().and("1.sql", TABLE + "\n\\i other.sql\n" + ROWS).verify(server);

        assertThat(report.migrations().get(0).skipped())
                .extracting(skipped -> skipped.position().line() + " " + skipped.what())
                .containsExactly("2 psql \\i other.sql");
        assertThat(report.statements()).hasSize(2);
    }

    @OnEveryPostgres
    void aFileThatFailsIsRolledBackAndTheRunGoesOn(PgServer server) throws SQLException {
        VerifyReport report = Scripts.none()
                .and("V1__a.sql", TABLE)
                .and("V2__b.sql", "ALTER TABLE orders ADD COLUMN total int; SELECT nothing; SELECT 1;")
                .and("V3__c.sql", "ALTER TABLE orders ADD COLUMN total int;")
                .verify(server);

        assertThat(report.migrations())
                .extracting(MigrationResult::outcome)
                .containsExactly(Outcome.APPLIED, Outcome.FAILED, Outcome.APPLIED);
        assertThat(report.migrations().get(1).notRun()).isEqualTo(1);
        assertThat(last(report).verdict()).isEqualTo(Verdict.EXACT);
    }

    @OnEveryPostgres
    void aFileOutsideATransactionKeepsWhatItDidBefore(PgServer server) throws SQLException {
        VerifyReport report = Scripts.none()
                .and("V1__a.sql", TABLE)
                .outsideTransaction("V2__b.sql", "ALTER TABLE orders ADD COLUMN total int; SELECT nothing;")
                .and("V3__c.sql", "ALTER TABLE orders DROP COLUMN total;")
                .verify(server);

        assertThat(report.migrations())
                .extracting(MigrationResult::outcome)
                .containsExactly(Outcome.APPLIED, Outcome.FAILED, Outcome.APPLIED);
    }

    @OnEveryPostgres
    void aSyntaxErrorIsPredicted(PgServer server) throws SQLException {
        VerifyReport report = Scripts.none()
                .and("V1__a.sql", TABLE + "ALTER TABLE orders ADD COLUMN;")
                .verify(server);

        assertThat(last(report).observed().failure().map(failure -> failure.sqlState()))
                .contains("42601");
        assertThat(last(report).verdict()).isEqualTo(Verdict.EXACT);
    }

    @OnEveryPostgres
    void transactionsOfTheFileAreItsOwn(PgServer server) throws SQLException {
        VerifyReport report =
                Scripts.none().and("1.sql", TABLE).and("2.sql", """
                        BEGIN;
                        SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
                        SAVEPOINT before;
                        ALTER TABLE orders ADD COLUMN total int;
                        ROLLBACK TO before;
                        ALTER TABLE orders ADD COLUMN total int;
                        COMMIT;
                        ALTER TABLE orders DROP COLUMN total;
                        """).verify(server);

        assertThat(report.migrations()).extracting(MigrationResult::outcome).containsOnly(Outcome.APPLIED);
        assertThat(report.migrations().get(1).statements())
                .extracting(StatementCheck::inBlock)
                .containsExactly(true, true, true, false);
    }

    @OnEveryPostgres
    void aStatementThatCommitsInsideItselfRunsInTheFilesSession(PgServer server) throws SQLException {
        VerifyReport report = Scripts.none()
                .and("1.sql", "CREATE SCHEMA shop; CREATE TABLE shop.orders (id int);")
                .and("2.sql", "SET search_path = shop; CREATE INDEX CONCURRENTLY orders_id ON orders (id);")
                .verify(server);

        assertThat(last(report).observed().failure()).isEmpty();
        assertThat(last(report).observed().locks())
                .containsExactly(new ObservedLock("shop.orders", 'r', LockMode.SHARE_UPDATE_EXCLUSIVE));
        assertThat(last(report).verdict()).isEqualTo(Verdict.EXACT);
    }

    @OnEveryPostgres
    void aMixedFileIsRefused(PgServer server) throws SQLException {
        VerifyReport report = Scripts.none()
                .and("V1__a.sql", TABLE)
                .and("V2__b.sql", "SET lock_timeout = '1s'; CREATE INDEX CONCURRENTLY i ON orders (note);")
                .verify(server);

        assertThat(report.migrations().get(1).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(report.migrations().get(1).notRun()).isEqualTo(2);
        assertThat(report.accuracy()).endsWith("; 2 not run");
    }

    @OnEveryPostgres
    void aDeferredConstraintFailsAtTheCommit(PgServer server) throws SQLException {
        VerifyReport report = Scripts.none().and("V1__a.sql", TABLE + """
                        CREATE TABLE lines (order_id int REFERENCES orders DEFERRABLE INITIALLY DEFERRED);
                        INSERT INTO lines VALUES (7);
                        """).verify(server);

        assertThat(report.migrations().get(0).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.migrations().get(0).reason())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("at the COMMIT: "));
        assertThat(report.isExact()).isFalse();
    }

    @OnEveryPostgres
    void aPlaceholderWithoutValueCannotRun(PgServer server) throws SQLException {
        VerifyReport report = Scripts.none()
                .and("V1__a.sql", "CREATE TABLE ${name} (id int);")
                .verify(server);

        assertThat(report.isComplete()).isFalse();
        assertThat(report.migrations().get(0).reason()).contains("1:14: ${name} has no value");
    }

    @OnEveryPostgres
    void undoScriptsAreHeldAgainstTheSchemaBefore(PgServer server) throws SQLException {
        VerifyReport report = Scripts.none()
                .and("V1__a.sql", TABLE)
                .and("V2__b.sql", "ALTER TABLE orders ADD COLUMN total int; CREATE INDEX orders_note ON orders (note);")
                .and("U2__b.sql", "ALTER TABLE orders DROP COLUMN total;")
                .and("V3__c.sql", "ALTER TABLE orders DROP COLUMN note;")
                .and("U3__c.sql", "ALTER TABLE orders ADD COLUMN note text; CREATE INDEX orders_note ON orders (note);")
                .and("R__d.sql", "CREATE VIEW v AS SELECT id FROM orders;")
                .verify(server);

        assertThat(report.migrations())
                .extracting(result ->
                        result.phase().label() + " " + result.migration().id())
                .containsExactly(
                        "forward V1",
                        "forward V2",
                        "forward V3",
                        "undo U3",
                        "undo U2",
                        "forward again V2",
                        "forward again V3",
                        "forward R d");
        assertThat(report.undo()).extracting(UndoCheck::restores).containsExactly(true, false);
        assertThat(report.undo().get(1).missing()).isEmpty();
        assertThat(report.undo().get(1).left())
                .containsExactly("CREATE INDEX orders_note ON public.orders USING btree (note)");
    }

    @OnEveryPostgres
    void aDatabaseWithTablesIsRefused(PgServer server) throws SQLException {
        Scripts scripts = Scripts.none().and("V1__a.sql", "ALTER TABLE orders ADD COLUMN total int;");
        try (ScratchDatabase database = server.database()) {
            database.execute(TABLE);

            assertThatThrownBy(() -> scripts.verify(database, false))
                    .isInstanceOf(ScratchRefused.class)
                    .hasMessageContaining("holds tables already, such as orders");
            assertThat(scripts.verify(database, true).isComplete()).isTrue();
        }
    }

    private static StatementCheck last(VerifyReport report) {
        List<StatementCheck> all = report.statements().toList();
        return all.get(all.size() - 1);
    }

    /** The file that fails is taken back alone; what the others did is committed together. */
    @OnEveryPostgres
    void aGroupIsOneTransaction(PgServer server) throws SQLException {
        String log = "INSERT INTO a VALUES (txid_current());";
        Scripts scripts = Scripts.none()
                .and("flyway.conf", "flyway.locations=filesystem:.\nflyway.group=true\n")
                .and("V1__a.sql", "CREATE TABLE a (t bigint);" + log)
                .and("V2__b.sql", "CREATE TABLE b (id int);" + log + "ALTER TABLE nothing ADD COLUMN x int;")
                .and("V3__c.sql", "CREATE TABLE b (x bigint);" + log);
        try (ScratchDatabase database = server.database()) {
            VerifyReport report = scripts.verify(database, false);
            assertThat(report.migrations())
                    .extracting(result -> result.outcome())
                    .containsExactly(Outcome.APPLIED, Outcome.FAILED, Outcome.APPLIED);
            try (ObservedSession session = ObservedSession.open(database)) {
                assertThat(session.values("SELECT count(*) || ' in ' || count(DISTINCT t) FROM a"))
                        .containsExactly("2 in 1");
            }
        }
    }
}
