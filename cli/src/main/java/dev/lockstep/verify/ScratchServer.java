package dev.lockstep.verify;

import dev.lockstep.lock.PgVersion;
import dev.lockstep.observe.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The server that migrations are about to be run on. */
final class ScratchServer {

    private static final String FIRST_TABLE = """
            SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'f', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
            ORDER BY 1 LIMIT 1
            """;

    private ScratchServer() {}

    /** Its version, once it is fit: one we judge for, empty unless allowed otherwise. */
    static PgVersion check(Database database, boolean allowNonempty) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            int major = connection.getMetaData().getDatabaseMajorVersion();
            PgVersion version = PgVersion.ofMajor(major)
                    .orElseThrow(() ->
                            new ScratchRefused("the server is PostgreSQL " + major + "; the model knows 14 to 18"));
            if (!allowNonempty) {
                try (ResultSet tables = statement.executeQuery(FIRST_TABLE)) {
                    if (tables.next()) {
                        throw new ScratchRefused("the database " + connection.getCatalog()
                                + " holds tables already, such as " + tables.getString(1)
                                + "; migrations are run for good, so give an empty one (or --allow-nonempty)");
                    }
                }
            }
            return version;
        }
    }
}
