package dev.lockstep.observe;

import dev.lockstep.lock.LockMode;
import dev.lockstep.observe.Relations.Relation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The lock entries of one backend, gathered over one or more looks at {@code pg_locks}. */
final class LockRecord {

    private record Entry(long relation, LockMode mode) {}

    private static final String QUERY = """
            SELECT relation, mode FROM pg_locks
            WHERE pid = ? AND locktype = 'relation'
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """;

    private final Relations before;
    private final Map<Long, Relation> known;
    private final Set<Entry> entries = new LinkedHashSet<>();

    LockRecord(Relations before) {
        this.before = before;
        this.known = new HashMap<>(before.byId());
    }

    /** Adds what the backend holds or waits for now, as {@code observer} sees it. */
    void look(Connection observer, int backend) throws SQLException {
        try (PreparedStatement statement = observer.prepareStatement(QUERY)) {
            statement.setInt(1, backend);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long relation = rows.getLong(1);
                    LockMode.ofCatalogName(rows.getString(2)).ifPresent(mode -> entries.add(new Entry(relation, mode)));
                }
            }
        }
        Relations.read(observer).byId().forEach(known::putIfAbsent);
    }

    List<ObservedLock> onExisting() {
        return strongest(true);
    }

    List<ObservedLock> onCreated() {
        return strongest(false);
    }

    /** An index that a statement replaces counts as existing: it keeps its name. */
    private List<ObservedLock> strongest(boolean existing) {
        Map<String, ObservedLock> byName = new TreeMap<>();
        for (Entry entry : entries) {
            Optional.ofNullable(known.get(entry.relation()))
                    .filter(relation -> before.find(relation.name()).isPresent() == existing)
                    .map(relation -> new ObservedLock(relation.name(), relation.kind(), entry.mode()))
                    .ifPresent(lock -> byName.merge(lock.relation(), lock, ObservedLock::stronger));
        }
        return List.copyOf(byName.values());
    }
}
