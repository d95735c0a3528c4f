package dev.lockstep.verify;

import dev.lockstep.observe.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/** A database by its JDBC address. */
public final class JdbcDatabase implements Database {

    private final String url;
    private final Properties properties;
    private final Driver driver = new Driver();

    private JdbcDatabase(String url, Properties properties) {
        this.url = url;
        this.properties = properties;
    }

    /**
     * The user and the password come from the address, else from libpq's variables.
     *
     * @throws ScratchRefused if it is no address of a PostgreSQL database
     */
    public static JdbcDatabase of(String url, Map<String, String> environment) {
        if (!new Driver().acceptsURL(url)) {
            throw new ScratchRefused("--url takes jdbc:postgresql://host/database");
        }
        Properties properties = new Properties();
        // As psql sends statements; and no plan of ours outlives the change of a table.
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("ApplicationName", "lockstep verify");
        Optional.ofNullable(environment.get("PGUSER")).ifPresent(user -> properties.setProperty("user", user));
        Optional.ofNullable(environment.get("PGPASSWORD"))
                .ifPresent(password -> properties.setProperty("password", password));
        return new JdbcDatabase(url, properties);
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = driver.connect(url, properties);
        if (connection == null) {
            throw new SQLException("not an address of a PostgreSQL database", "08001");
        }
        return connection;
    }
}
