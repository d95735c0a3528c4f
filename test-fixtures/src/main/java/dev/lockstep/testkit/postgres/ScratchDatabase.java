package dev.lockstep.testkit.postgres;

import dev.lockstep.observe.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A database of its own for one test. */
public final class ScratchDatabase implements Database, AutoCloseable {

    private final PgServer server;
    private final String name;
    private final String url;

    ScratchDatabase(PgServer server, String name, String url) {
        this.server = server;
        this.name = name;
        this.url = url;
    }

    public PgServer server() {
        return server;
    }

    /** Its JDBC address, for its superuser. */
    public String url() {
        return url;
    }

    /** A new superuser connection in autocommit mode. */
    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    /** Runs the script as one simple query, that is, as one transaction unless it holds its own. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Drops every user schema and makes an empty {@code public}: several times cheaper than another database, and enough
     * unless objects outside schemas (publications, event triggers, settings of the database) were made.
     */
    public void reset() throws SQLException {
        execute("""
                DO $$ DECLARE schema_name text; BEGIN
                  FOR schema_name IN SELECT nspname FROM pg_namespace
                      WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
                    EXECUTE format('DROP SCHEMA %I CASCADE', schema_name);
                  END LOOP;
                END $$;
                CREATE SCHEMA public;
                """);
    }

    @Override
    public void close() throws SQLException {
        server.drop(name);
    }
}
