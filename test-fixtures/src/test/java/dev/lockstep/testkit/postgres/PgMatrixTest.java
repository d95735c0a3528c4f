package dev.lockstep.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

final class PgMatrixTest {

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @OnEveryPostgres
    void runsTheVersionItClaims(PgServer server) throws SQLException {
        try (ScratchDatabase database = server.database();
                Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_version_num")) {
            row.next();
            assertThat(row.getInt(1) / 10_000).isEqualTo(server.major());
        }
    }

    @OnEveryPostgres
    void databasesDoNotSeeEachOther(PgServer server) throws SQLException {
        try (ScratchDatabase first = server.database();
                ScratchDatabase second = server.database()) {
            first.execute("CREATE TABLE t (id int)");
            second.execute("CREATE TABLE t (other int)");
            first.execute("SELECT id FROM t");
        }
    }

    @OnEveryPostgres
    void resetLeavesAnEmptyDatabase(PgServer server) throws SQLException {
        try (ScratchDatabase database = server.database()) {
            database.execute(
                    "CREATE SCHEMA \"Other\"; CREATE TABLE \"Other\".t (); CREATE TABLE t (); CREATE DOMAIN d AS int");
            database.reset();
            database.execute("CREATE SCHEMA \"Other\"; CREATE TABLE t (); CREATE DOMAIN d AS int");
        }
    }

    @Test
    void startsEachServerOnce() {
        int major = PgMatrix.majors().get(0);
        assertThat(PgMatrix.server(major)).isSameAs(PgMatrix.server(major));
    }

    @Test
    void choosesVersions(@TempDir Path empty) {
        assertThat(matrix(empty, Optional.of("17, 14"), false).chosen()).containsExactly(14, 17);
        assertThat(matrix(empty, Optional.empty(), false).chosen()).containsExactly(14, 15, 16, 17, 18);
        assertThatThrownBy(() -> matrix(empty, Optional.of("13"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("-Dpg=13: choose from [14, 15, 16, 17, 18]");
    }

    @Test
    void skipsLoudlyWithoutBinaries(@TempDir Path empty) {
        assertThatThrownBy(() -> matrix(empty, Optional.of("16"), false).running(16))
                .isInstanceOf(TestAbortedException.class);
        assertThat(log.toString(StandardCharsets.UTF_8))
                .startsWith("SKIPPED, not proven on a real server: no PostgreSQL 16 at ");
    }

    @Test
    void failsWithoutBinariesWhereTestsMustRun(@TempDir Path empty) {
        assertThatThrownBy(() -> matrix(empty, Optional.of("16"), true).running(16))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("no PostgreSQL 16 at ");
    }

    private PgMatrix matrix(Path directory, Optional<String> chosen, boolean mustRun) {
        PgBinaries binaries = new PgBinaries(directory, PgBinaries.ofBuild().platform());
        return new PgMatrix(binaries, chosen, mustRun, new PrintStream(log, true, StandardCharsets.UTF_8));
    }
}
