package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.lockstep.lock.LockMode;
import dev.lockstep.observe.LockProbe;
import dev.lockstep.observe.Observation;
import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;

final class ExampleProjectTest {

    private static final String NOT_NULL_VIOLATION = "23502";
    private static final String ACTIVE_SQL_TRANSACTION = "25001";

    private static final String UNFINISHED = """
            SELECT conname FROM pg_constraint WHERE NOT convalidated
            UNION ALL SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid
            UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
            """;

    /** What running a project left: the failures by file, the rows of a query, what a safe project must not leave. */
    private record Run(Map<String, String> failures, List<String> rows, List<String> unfinished) {}

    @OnEveryPostgres
    void shop(PgServer server, @TempDir Path directory) throws IOException, SQLException {
        String result = "SELECT * FROM order_totals ORDER BY order_id";
        Run unsafe = run(ExampleProject.SHOP_UNSAFE, server, directory.resolve("unsafe"), result);
        Run safe = run(ExampleProject.SHOP_SAFE, server, directory.resolve("safe"), result);

        assertThat(unsafe.failures())
                .containsExactly(
                        entry("V11__gift_wrapping.sql", NOT_NULL_VIOLATION),
                        entry("V12__rebuild_customer_index.sql", ACTIVE_SQL_TRANSACTION));
        assertReaches(unsafe, safe, 3000);
    }

    @OnEveryPostgres
    void crm(PgServer server, @TempDir Path directory) throws IOException, SQLException {
        String result = "SELECT * FROM crm.vw_contact_card ORDER BY id";
        Run unsafe = run(ExampleProject.CRM_UNSAFE, server, directory.resolve("unsafe"), result);
        Run safe = run(ExampleProject.CRM_SAFE, server, directory.resolve("safe"), result);

        assertThat(unsafe.failures())
                .containsExactly(
                        entry("V13__find_open_deals.sql", ACTIVE_SQL_TRANSACTION),
                        entry("V2__contact_source.sql", NOT_NULL_VIOLATION));
        assertReaches(unsafe, safe, 1800);
    }

    @OnEveryPostgres
    void safeTransactionsNeverWorkUnderALockThatBlocksWriters(PgServer server, @TempDir Path directory)
            throws IOException, SQLException {
        assertBriefLocks(ExampleProject.SHOP_SAFE, server, Files.createDirectory(directory.resolve("shop")));
        assertBriefLocks(ExampleProject.CRM_SAFE, server, Files.createDirectory(directory.resolve("crm")));
    }

    private static void assertBriefLocks(ExampleProject project, PgServer server, Path directory)
            throws IOException, SQLException {
        project.copyTo(directory);
        List<FlywayFile> files = FlywayFile.in(directory.resolve(ExampleProject.MIGRATIONS));
        try (ScratchDatabase database = server.database();
                Connection connection = database.connect()) {
            files.get(0).run(connection);
            database.execute(project.seed());
            for (FlywayFile file : files.subList(1, files.size())) {
                if (file.transactional()) {
                    assertBriefLocks(file.name(), LockProbe.observe(database, file.sql()));
                }
                file.run(connection);
            }
        }
    }

    private static void assertBriefLocks(String file, Observation observation) {
        assertThat(observation.rewritten()).as(file).isEmpty();
        assertThat(observation.rebuilt()).as(file).isEmpty();
        assertThat(observation.rowsWritten()).as(file).isEmpty();
        assertThat(observation.scanned())
                .as(file)
                .noneMatch(table ->
                        observation.mode(table).filter(LockMode::blocksWrites).isPresent());
    }

    private static void assertReaches(Run unsafe, Run safe, int rows) {
        assertThat(safe.failures()).isEmpty();
        assertThat(safe.unfinished()).isEmpty();
        assertThat(safe.rows()).hasSize(rows).isEqualTo(unsafe.rows());
    }

    private static Run run(ExampleProject project, PgServer server, Path directory, String result)
            throws IOException, SQLException {
        project.copyTo(Files.createDirectory(directory));
        List<FlywayFile> files = FlywayFile.in(directory.resolve(ExampleProject.MIGRATIONS));
        Map<String, String> failures = new TreeMap<>();
        try (ScratchDatabase database = server.database();
                Connection connection = database.connect()) {
            for (FlywayFile file : files) {
                try {
                    file.run(connection);
                } catch (SQLException e) {
                    failures.put(file.name(), e.getSQLState());
                }
                if (file.version() == 1) {
                    database.execute(project.seed());
                }
            }
            return new Run(failures, rows(database, result), rows(database, UNFINISHED));
        }
    }

    private static List<String> rows(ScratchDatabase database, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    values.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }
}
