package dev.lockstep.observe;

import dev.lockstep.observe.Observation.Failure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Runs one statement on a real server and tells what it locked, scanned and rewrote. */
public final class LockProbe {

    /** "Cannot run inside a transaction block" and a COMMIT inside a block's transaction. */
    private static final Set<String> NEEDS_NO_TRANSACTION = Set.of("25001", "2D000");

    private static final String ACTIVITY = """
            SELECT schemaname || '.' || relname, seq_scan, n_tup_ins + n_tup_upd + n_tup_del
            FROM pg_stat_xact_user_tables
            """;

    private record Activity(long scans, long rows) {
        static final Activity NONE = new Activity(0, 0);
    }

    private LockProbe() {}

    /**
     * Runs the statement on the database as it is: in a transaction that is rolled back, or, where PostgreSQL doesn't
     * allow one, for good.
     */
    public static Observation observe(Database database, String statement) throws SQLException {
        try (Connection connection = database.connect()) {
            Relations before = Relations.read(connection);
            Observation observation = inTransaction(connection, before, statement);
            boolean refused = observation
                    .failure()
                    .filter(failure -> NEEDS_NO_TRANSACTION.contains(failure.sqlState()))
                    .isPresent();
            return refused ? new HeldStatement(database, before, statement).observe() : observation;
        }
    }

    private static Observation inTransaction(Connection connection, Relations before, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL client_min_messages = debug1");
            Map<String, Activity> idle = activity(connection);
            statement.clearWarnings();
            try {
                statement.execute(sql);
            } catch (SQLException e) {
                return failed(true, ServerMessages.of(statement), e);
            }
            ServerMessages messages = ServerMessages.of(statement);
            Map<String, Activity> busy = activity(connection);
            LockRecord locks = new LockRecord(before);
            locks.look(connection, backend(connection));
            return observation(before, Relations.read(connection), locks, messages, idle, busy);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static Observation observation(
            Relations before,
            Relations after,
            LockRecord locks,
            ServerMessages messages,
            Map<String, Activity> idle,
            Map<String, Activity> busy) {
        Map<String, Long> rowsWritten = new TreeMap<>();
        Set<String> scanned = messages.scanned(before).collect(Collectors.toCollection(TreeSet::new));
        busy.forEach((table, activity) -> {
            Activity earlier = idle.getOrDefault(table, Activity.NONE);
            if (activity.scans() > earlier.scans()) {
                scanned.add(table);
            }
            if (activity.rows() > earlier.rows()) {
                rowsWritten.put(table, activity.rows() - earlier.rows());
            }
        });
        return new Observation(
                true,
                locks.onExisting(),
                locks.onCreated(),
                newStorage(before, after, "rmS"),
                newStorage(before, after, "i"),
                scanned,
                rowsWritten,
                messages.lines(),
                Optional.empty());
    }

    static Observation failed(boolean inTransaction, ServerMessages messages, SQLException error) {
        return new Observation(
                inTransaction,
                List.of(),
                List.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Map.of(),
                messages.lines(),
                Optional.of(new Failure(String.valueOf(error.getSQLState()), String.valueOf(error.getMessage()))));
    }

    /** The relations of the given kinds that existed before and have another file since. */
    static Set<String> newStorage(Relations before, Relations after, String kinds) {
        return before.all().stream()
                .filter(relation -> kinds.indexOf(relation.kind()) >= 0)
                .filter(relation -> after.successor(relation)
                        .filter(successor -> successor.fileNode() != relation.fileNode())
                        .isPresent())
                .map(Relations.Relation::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Activity> activity(Connection connection) throws SQLException {
        Map<String, Activity> byTable = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ACTIVITY)) {
            while (rows.next()) {
                byTable.put(rows.getString(1), new Activity(rows.getLong(2), rows.getLong(3)));
            }
        }
        return byTable;
    }

    static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
