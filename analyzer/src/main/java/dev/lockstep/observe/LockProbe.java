package dev.lockstep.observe;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs one statement on a real server and tells what it locked, scanned and rewrote. */
public final class LockProbe {

    private LockProbe() {}

    /**
     * Runs the statement on the database as it is: in a transaction that is rolled back, or, where PostgreSQL doesn't
     * allow one, for good.
     */
    public static Observation observe(Database database, String statement) throws SQLException {
        try (Connection connection = database.connect()) {
            Observation observation = inTransaction(connection, statement);
            return HeldStatement.isNeeded(observation)
                    ? new HeldStatement(database, connection, statement).observe()
                    : observation;
        }
    }

    private static Observation inTransaction(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL client_min_messages = debug1");
            Look before = Look.at(connection);
            statement.clearWarnings();
            try {
                statement.execute(sql);
            } catch (SQLException e) {
                return Observation.failed(true, ServerMessages.of(statement).lines(), e);
            }
            ServerMessages messages = ServerMessages.of(statement);
            return Look.at(connection).since(before, messages);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
