package dev.lockstep.observe;

import dev.lockstep.lock.LockMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How things stand in a transaction: the relations it sees, the locks it holds, what it has read and written so far. */
record Look(Relations relations, Set<Entry> locks, Map<Long, Activity> activity) {

    /** One lock of a backend, by the relation's object id. */
    record Entry(long relation, LockMode mode) {}

    /** Scans from end to end, and rows written. */
    record Activity(long scans, long rows) {
        static final Activity NONE = new Activity(0, 0);
    }

    private static final String LOCKS = """
            SELECT relation, mode FROM pg_catalog.pg_locks
            WHERE pid = ? AND locktype = 'relation'
              AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
            """;

    private static final String ACTIVITY = """
            SELECT relid, seq_scan, n_tup_ins + n_tup_upd + n_tup_del FROM pg_catalog.pg_stat_xact_user_tables
            """;

    /** The server counts until the transaction ends, so looks compare only within one. */
    static Look at(Connection connection) throws SQLException {
        return new Look(Relations.read(connection), locks(connection, backend(connection)), activity(connection));
    }

    /** What {@code backend} holds or waits for now, as {@code observer} sees it. */
    static Set<Entry> locks(Connection observer, int backend) throws SQLException {
        Set<Entry> entries = new LinkedHashSet<>();
        try (PreparedStatement statement = observer.prepareStatement(LOCKS)) {
            statement.setInt(1, backend);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long relation = rows.getLong(1);
                    LockMode.ofCatalogName(rows.getString(2)).ifPresent(mode -> entries.add(new Entry(relation, mode)));
                }
            }
        }
        return entries;
    }

    static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static Map<Long, Activity> activity(Connection connection) throws SQLException {
        Map<Long, Activity> byTable = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ACTIVITY)) {
            while (rows.next()) {
                byTable.put(rows.getLong(1), new Activity(rows.getLong(2), rows.getLong(3)));
            }
        }
        return byTable;
    }

    /** What a statement did between the earlier look and this one. */
    Observation since(Look earlier, ServerMessages messages) {
        LockRecord record = new LockRecord(earlier.relations);
        record.add(
                locks.stream().filter(entry -> !earlier.locks.contains(entry)).collect(Collectors.toSet()), relations);
        LockRecord held = new LockRecord(earlier.relations);
        held.add(earlier.locks, earlier.relations);
        Set<String> scanned = messages.scanned(earlier.relations).collect(Collectors.toCollection(TreeSet::new));
        scanned.addAll(grown(earlier, now -> now.scans() > 0).keySet());
        Map<String, Long> rowsWritten = new TreeMap<>();
        grown(earlier, now -> now.rows() > 0).forEach((table, grown) -> rowsWritten.put(table, grown.rows()));
        return new Observation(
                true,
                record.onExisting(),
                record.onCreated(),
                held.every(),
                earlier.relations.rewritten(relations),
                earlier.relations.rebuilt(relations),
                messages.indexed(earlier.relations).collect(Collectors.toCollection(TreeSet::new)),
                scanned,
                rowsWritten,
                messages.lines(),
                Optional.empty());
    }

    /** By name: the one before the statement, where the table had one. */
    private Map<String, Activity> grown(Look earlier, Predicate<Activity> wanted) {
        Map<String, Activity> grown = new TreeMap<>();
        activity.forEach((table, now) -> {
            Activity before = earlier.activity.getOrDefault(table, Activity.NONE);
            Activity growth = new Activity(now.scans() - before.scans(), now.rows() - before.rows());
            if (wanted.test(growth)) {
                earlier.relations
                        .find(table)
                        .or(() -> relations.find(table))
                        .ifPresent(relation -> grown.put(relation.name(), growth));
            }
        });
        return grown;
    }
}
