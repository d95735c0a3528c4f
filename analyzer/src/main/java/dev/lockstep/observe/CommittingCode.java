package dev.lockstep.observe;

import dev.lockstep.lock.LockMode;
import dev.lockstep.observe.Look.Entry;
import dev.lockstep.sql.Code;
import dev.lockstep.sql.RoutineStatement.DoBlock;
import dev.lockstep.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A block that commits inside itself, made to say before each commit and at its end what its transaction holds and has done: after it
 * nobody can tell.
 */
public final class CommittingCode {

    private static final String MARK = "lockstep-look ";

    /** A simple expression that calls a function leaves FOUND and ROW_COUNT alone; without quotes it fits into a quoted body. */
    private static final String TELL = "RAISE DEBUG USING MESSAGE = pg_temp.lockstep_look()";

    private static final String FUNCTION = """
            CREATE OR REPLACE FUNCTION pg_temp.lockstep_look() RETURNS text LANGUAGE sql AS $$
            SELECT '%s' || coalesce((
                SELECT pg_catalog.string_agg(relation || ':' || mode, ' ') FROM pg_catalog.pg_locks
                WHERE pid = pg_catalog.pg_backend_pid() AND locktype = 'relation'
                  AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())), '')
              || '/' || coalesce((
                SELECT pg_catalog.string_agg(relid || ':' || coalesce(seq_scan, 0) || ':' || (n_tup_ins + n_tup_upd + n_tup_del), ' ')
                FROM pg_catalog.pg_stat_xact_user_tables), '')
            $$""".formatted(MARK);

    private final String sql;

    private CommittingCode(String sql) {
        this.sql = sql;
    }

    /** The block, if it ends transactions itself; {@code text} is how the statement is written. */
    public static Optional<CommittingCode> of(Statement statement, String text) {
        if (!(statement instanceof DoBlock block) || block.body().code().isEmpty()) {
            return Optional.empty();
        }
        Code.Block code = block.body().code().get();
        Map<Integer, String> inserted = new TreeMap<>();
        boolean commits = collect(code.body(), statement.span().start(), inserted);
        if (!commits) {
            return Optional.empty();
        }
        int end = code.body().get(code.body().size() - 1).span().end()
                - statement.span().start();
        inserted.put(end, "; " + TELL);
        StringBuilder told = new StringBuilder();
        int from = 0;
        for (Map.Entry<Integer, String> entry : inserted.entrySet()) {
            told.append(text, from, entry.getKey()).append(entry.getValue());
            from = entry.getKey();
        }
        return Optional.of(new CommittingCode(told.append(text.substring(from)).toString()));
    }

    /** Whether the code ends a transaction anywhere. */
    private static boolean collect(List<Code> body, int start, Map<Integer, String> inserted) {
        boolean commits = false;
        for (Code code : body) {
            boolean ends = code instanceof Code.TransactionEnd;
            if (ends || (code instanceof Code.Return returned && returned.ends())) {
                inserted.put(code.span().start() - start, TELL + "; ");
            }
            commits |= ends;
            if (code instanceof Code.Loop loop) {
                commits |= collect(loop.body(), start, inserted);
            } else if (code instanceof Code.Choice choice) {
                for (Code.Branch branch : choice.branches()) {
                    commits |= collect(branch.body(), start, inserted);
                }
                commits |= collect(choice.otherwise(), start, inserted);
            } else if (code instanceof Code.Block block) {
                commits |= collect(block.body(), start, inserted);
            }
        }
        return commits;
    }

    /** Runs it on a connection in autocommit mode that is in no transaction. */
    Observation observe(Connection connection) throws SQLException {
        Relations before = Relations.read(connection);
        try (java.sql.Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(FUNCTION);
            statement.execute("SET client_min_messages = debug1");
            statement.clearWarnings();
            try {
                statement.execute(sql);
            } catch (SQLException failed) {
                return Observation.failed(false, said(statement), failed);
            }
            return observation(before, Relations.read(connection), ServerMessages.of(statement));
        }
    }

    private static List<String> said(java.sql.Statement statement) throws SQLException {
        return ServerMessages.of(statement).lines().stream()
                .filter(line -> !line.startsWith(MARK))
                .toList();
    }

    private static Observation observation(Relations before, Relations after, ServerMessages messages) {
        LockRecord locks = new LockRecord(before);
        Map<Long, Look.Activity> activity = new HashMap<>();
        for (String line : messages.lines()) {
            if (line.startsWith(MARK)) {
                String[] halves = line.substring(MARK.length()).split("/", 2);
                locks.add(entries(halves[0]), after);
                activity(halves[1], activity);
            }
        }
        Set<String> scanned = messages.scanned(before).collect(Collectors.toCollection(TreeSet::new));
        Map<String, Long> written = new TreeMap<>();
        activity.forEach((id, seen) -> before.find(id).ifPresent(relation -> {
            if (seen.scans() > 0) {
                scanned.add(relation.name());
            }
            if (seen.rows() > 0) {
                written.put(relation.name(), seen.rows());
            }
        }));
        return new Observation(
                false,
                locks.onExisting(),
                locks.onCreated(),
                List.of(),
                before.rewritten(after),
                before.rebuilt(after),
                messages.indexed(before).collect(Collectors.toCollection(TreeSet::new)),
                scanned,
                written,
                messages.lines().stream().filter(line -> !line.startsWith(MARK)).toList(),
                Optional.empty());
    }

    private static Set<Entry> entries(String told) {
        Set<Entry> entries = new LinkedHashSet<>();
        for (String word : told.split(" ", -1)) {
            String[] parts = word.split(":", -1);
            if (parts.length == 2) {
                LockMode.ofCatalogName(parts[1])
                        .ifPresent(mode -> entries.add(new Entry(Long.parseLong(parts[0]), mode)));
            }
        }
        return entries;
    }

    private static void activity(String told, Map<Long, Look.Activity> activity) {
        for (String word : told.split(" ", -1)) {
            String[] parts = word.split(":", -1);
            if (parts.length == 3) {
                activity.merge(
                        Long.valueOf(parts[0]),
                        new Look.Activity(Long.parseLong(parts[1]), Long.parseLong(parts[2])),
                        (one, other) -> new Look.Activity(one.scans() + other.scans(), one.rows() + other.rows()));
            }
        }
    }
}
