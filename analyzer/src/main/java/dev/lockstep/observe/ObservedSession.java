package dev.lockstep.observe;

import dev.lockstep.observe.Observation.Failure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A connection whose statements are watched where they stand, inside the transaction of those before them. Transactions begin and end
 * by {@link #control} alone; a failed statement leaves its transaction aborted, as it does for anybody.
 */
public final class ObservedSession implements AutoCloseable {

    /** Everything is done in one process, where it is counted. */
    private static final String SETTINGS =
            "SET max_parallel_workers_per_gather = 0; SET max_parallel_maintenance_workers = 0";

    private static final String ASIDE = "lockstep_aside";

    private final Database database;
    private final Connection connection;
    private boolean open;
    private Optional<Look> last = Optional.empty();

    /** How a statement is run, given a JDBC statement to run it with. */
    @FunctionalInterface
    public interface Execution {
        void run(Statement statement) throws SQLException;

        static Execution of(String sql) {
            return statement -> statement.execute(sql);
        }
    }

    private ObservedSession(Database database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    public static ObservedSession open(Database database) throws SQLException {
        ObservedSession session = new ObservedSession(database, database.connect());
        session.execute(SETTINGS);
        return session;
    }

    public boolean inTransaction() {
        return open;
    }

    /** Runs, unwatched, a statement that begins or ends a transaction or a part of one, or sets how it works. */
    public void control(String sql, boolean opens) throws SQLException {
        last = Optional.empty();
        execute(sql);
        open = opens;
    }

    /** Runs a statement for good, in the open transaction or in one of its own, or in none where it can't run in one. */
    public Observation run(String sql) throws SQLException {
        return run(sql, Optional.empty());
    }

    /** The same, of a block that is also given as one that tells of its own transactions. */
    public Observation run(String sql, Optional<CommittingCode> code) throws SQLException {
        Observation observation = run(Execution.of(sql));
        if (open || !HeldStatement.isNeeded(observation)) {
            return observation;
        }
        return code.isPresent()
                ? code.get().observe(connection)
                : new HeldStatement(database, connection, sql).observe();
    }

    /** Runs a statement that JDBC doesn't take as text, in the open transaction or in one of its own. */
    public Observation run(Execution execution) throws SQLException {
        if (open) {
            return watched(execution);
        }
        control("BEGIN", true);
        Observation observation = watched(execution);
        try {
            control(observation.failure().isPresent() ? "ROLLBACK" : "COMMIT", false);
            return observation;
        } catch (SQLException deferred) {
            open = false;
            return Observation.failed(true, observation.messages(), deferred);
        }
    }

    /** As {@link #tryToRun(String, Optional)}, of a statement that is no block. */
    public Observation tryToRun(String sql) throws SQLException {
        return tryToRun(sql, Optional.empty());
    }

    /** As {@link #run(String, Optional)}, but a failure leaves the transaction as it was before the statement. */
    public Observation tryToRun(String sql, Optional<CommittingCode> code) throws SQLException {
        if (!open) {
            return run(sql, code);
        }
        control("SAVEPOINT " + ASIDE, true);
        Observation observation = watched(Execution.of(sql));
        execute((observation.failure().isPresent() ? "ROLLBACK TO " : "RELEASE ") + ASIDE);
        return observation;
    }

    /** The session's value of a setting now. */
    public String setting(String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Whether the query returns a row; it leaves no lock behind. */
    public boolean holds(String query) throws SQLException {
        return aside(() -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                return rows.next();
            }
        });
    }

    /** The first column of what the query returns, as the open transaction sees it; it leaves no lock behind. */
    public List<String> values(String query) throws SQLException {
        return aside(() -> {
            List<String> values = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        });
    }

    /** How the statement would fail if the tables were empty; nothing is left of the attempt. */
    public Optional<Failure> failureWithoutRows(List<String> quotedTables, String sql) throws SQLException {
        return aside(() -> {
            try {
                execute("TRUNCATE " + String.join(", ", quotedTables) + " CASCADE");
                execute(sql);
                return Optional.empty();
            } catch (SQLException failed) {
                return Optional.of(Observation.failure(failed));
            }
        });
    }

    private interface Attempt<T> {
        T make() throws SQLException;
    }

    private <T> T aside(Attempt<T> attempt) throws SQLException {
        last = Optional.empty();
        execute(open ? "SAVEPOINT " + ASIDE : "BEGIN");
        try {
            return attempt.make();
        } finally {
            execute(open ? "ROLLBACK TO " + ASIDE : "ROLLBACK");
        }
    }

    private Observation watched(Execution execution) throws SQLException {
        execute("SET client_min_messages = debug1");
        Look before = last.isPresent() ? last.get() : Look.at(connection);
        last = Optional.empty();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try {
                execution.run(statement);
            } catch (SQLException e) {
                return Observation.failed(true, ServerMessages.of(statement).lines(), e);
            }
            Look after = Look.at(connection);
            last = Optional.of(after);
            return after.since(before, ServerMessages.of(statement));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
