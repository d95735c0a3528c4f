package dev.lockstep.testkit.postgres;

import dev.lockstep.observe.LockProbe;
import dev.lockstep.observe.Observation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A running PostgreSQL server, tuned for many short tests and stopped when the JVM ends. */
public final class PgServer {

    private static final long ROOM_FOR_ALL_SERVERS = 2L << 30;

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("fsync", "off"),
            Map.entry("synchronous_commit", "off"),
            Map.entry("full_page_writes", "off"),
            Map.entry("shared_buffers", "16MB"),
            Map.entry("max_connections", "40"),
            Map.entry("autovacuum", "off"),
            Map.entry("jit", "off"),
            Map.entry("max_parallel_maintenance_workers", "0"),
            Map.entry("TimeZone", "UTC"));

    private final int major;
    private final EmbeddedPostgres postgres;
    private final Connection administration;
    private final AtomicInteger databases = new AtomicInteger();

    private PgServer(int major, EmbeddedPostgres postgres, Connection administration) {
        this.major = major;
        this.postgres = postgres;
        this.administration = administration;
    }

    static PgServer start(int major, PgBinaries binaries) {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setPgBinaryResolver(binaries.resolver(major))
                    .setDataDirectory(dataDirectory(major))
                    .setCleanDataDirectory(true)
                    .setLocaleConfig("locale", "C")
                    .setOutputRedirector(Redirect.DISCARD)
                    .setErrorRedirector(Redirect.DISCARD)
                    .setPGStartupWait(Duration.ofSeconds(60));
            SETTINGS.forEach(builder::setServerConfig);
            EmbeddedPostgres postgres = builder.start();
            PgServer server = new PgServer(major, postgres, DriverManager.getConnection(url(postgres, "postgres")));
            server.makeTablespace();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL " + major + " did not start", e);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL " + major + " refused the first connection", e);
        }
    }

    /** A second tablespace, named {@code elsewhere}, inside the data directory. */
    private void makeTablespace() throws SQLException {
        administer("SET allow_in_place_tablespaces = on");
        administer("CREATE TABLESPACE elsewhere LOCATION ''");
    }

    private static Path dataDirectory(int major) throws IOException {
        Path memory = Path.of("/dev/shm");
        String prefix = "lockstep-postgres-" + major + "-";
        if (Files.isWritable(memory) && Files.getFileStore(memory).getUsableSpace() > ROOM_FOR_ALL_SERVERS) {
            return Files.createTempDirectory(memory, prefix);
        }
        return Files.createTempDirectory(prefix);
    }

    private static String url(EmbeddedPostgres postgres, String database) {
        return postgres.getJdbcUrl("postgres", database);
    }

    public int major() {
        return major;
    }

    /** A new, empty database; closing it drops it with whatever is still connected. */
    public ScratchDatabase database() throws SQLException {
        String name = "scratch_" + databases.incrementAndGet();
        // Before 15 copying files is the only strategy; after it is still the faster one for an empty database.
        administer("CREATE DATABASE " + name + (major < 15 ? "" : " STRATEGY file_copy"));
        return new ScratchDatabase(this, name, url(postgres, name));
    }

    /** Runs the set-up in a new database, and tells what the statement then does. */
    public Observation observe(String setUp, String statement) throws SQLException {
        try (ScratchDatabase database = database()) {
            database.execute(setUp);
            return LockProbe.observe(database, statement);
        }
    }

    void drop(String database) throws SQLException {
        administer("DROP DATABASE " + database + " WITH (FORCE)");
    }

    private synchronized void administer(String sql) throws SQLException {
        try (Statement statement = administration.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public String toString() {
        return "PostgreSQL " + major;
    }
}
