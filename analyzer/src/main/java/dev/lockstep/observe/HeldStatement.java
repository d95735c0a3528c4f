package dev.lockstep.observe;

import dev.lockstep.observe.Relations.Relation;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A statement that commits inside itself, run in autocommit mode against {@link Gate}s and looked at wherever it waits.
 */
final class HeldStatement {

    /** "Cannot run inside a transaction block" and a COMMIT inside a block's transaction. */
    private static final Set<String> NEEDS_NO_TRANSACTION = Set.of("25001", "2D000");

    /** For a wait that no gate is to blame for. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(1);

    /** More than the waits of REINDEX SCHEMA CONCURRENTLY on a few tables, the statement with the most. */
    private static final int GATES_AFTER_THE_FIRST = 24;

    /** A gate at an index is a connection; in larger databases only the tables that the statement waits for get theirs. */
    private static final int INDEXES_GATED_AT_ONCE = 32;

    private static final String WAITS_FOR = """
            WITH RECURSIVE tree AS (
                SELECT l.relation FROM pg_catalog.pg_locks l
                WHERE l.pid = ? AND l.locktype = 'relation' AND NOT l.granted
                UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN tree ON i.inhparent = tree.relation)
            SELECT relation FROM tree
            """;

    private final Database database;
    private final Connection runner;
    private final String sql;
    private final Relations before;
    private final LockRecord locks;
    private final List<Gate> gates = new ArrayList<>();
    private final Set<Long> gatedTables = new TreeSet<>();
    private int gatesLeft = GATES_AFTER_THE_FIRST;

    /** The runner is in autocommit mode and not in a transaction. */
    HeldStatement(Database database, Connection runner, String sql) throws SQLException {
        this.database = database;
        this.runner = runner;
        this.sql = sql;
        this.before = Relations.read(runner);
        this.locks = new LockRecord(before);
    }

    /** Whether a statement, run in a transaction, failed because it was in one. */
    static boolean isNeeded(Observation inTransaction) {
        return inTransaction
                .failure()
                .filter(failure -> NEEDS_NO_TRANSACTION.contains(failure.sqlState()))
                .isPresent();
    }

    Observation observe() throws SQLException {
        try (Connection observer = database.connect();
                Statement statement = runner.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET client_min_messages = debug1");
            statement.clearWarnings();
            int backend = Look.backend(runner);
            try {
                closeGates();
                CompletableFuture<ServerMessages> outcome = start(statement);
                watch(observer, backend, outcome);
                return observation(outcome.join(), Relations.read(observer));
            } catch (CompletionException e) {
                if (e.getCause() instanceof SQLException error) {
                    return Observation.failed(
                            false, ServerMessages.of(statement).lines(), error);
                }
                throw e;
            } finally {
                openAllGates();
            }
        }
    }

    private void closeGates() throws SQLException {
        List<Relation> indexes =
                before.all().stream().filter(relation -> relation.kind() == 'i').toList();
        if (indexes.size() <= INDEXES_GATED_AT_ONCE) {
            closeGates(indexes);
            indexes.forEach(index -> gatedTables.add(index.table()));
        }
        gates.add(Gate.atTables(database, before.all()));
    }

    private void closeGates(List<Relation> indexes) throws SQLException {
        for (Relation index : indexes) {
            gates.add(Gate.atIndex(database, index));
        }
    }

    /** On a thread of its own: callers may occupy every thread of the common pool. */
    private CompletableFuture<ServerMessages> start(Statement statement) {
        return CompletableFuture.supplyAsync(() -> run(statement), command -> {
            Thread thread = new Thread(command, "held statement");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private ServerMessages run(Statement statement) {
        try {
            statement.execute(sql);
            return ServerMessages.of(statement);
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private void watch(Connection observer, int backend, CompletableFuture<ServerMessages> outcome)
            throws SQLException {
        long moved = System.nanoTime();
        while (!outcome.isDone()) {
            List<Integer> blockers = blockers(observer, backend);
            List<Gate> waitedFor = gates.stream()
                    .filter(gate -> blockers.contains(gate.backend()))
                    .toList();
            if (!waitedFor.isEmpty()) {
                // A gate gives way here and nowhere else, so what is seen now is one of the statement's waits.
                locks.add(Look.locks(observer, backend), Relations.read(observer));
                closeIndexGates(observer, backend);
                for (Gate gate : waitedFor) {
                    letPass(gate);
                }
            }
            if (!waitedFor.isEmpty() || blockers.isEmpty()) {
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > LIMIT.toNanos()) {
                throw new IllegalStateException("waits for another session for more than " + LIMIT + ": " + sql);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Before the statement gets the table it waits for, each of its indexes gets a gate: VACUUM takes them one by one. */
    private void closeIndexGates(Connection observer, int backend) throws SQLException {
        try (PreparedStatement statement = observer.prepareStatement(WAITS_FOR)) {
            statement.setInt(1, backend);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (gatedTables.add(rows.getLong(1))) {
                        closeGates(before.indexesOf(rows.getLong(1)));
                    }
                }
            }
        }
    }

    private static List<Integer> blockers(Connection observer, int backend) throws SQLException {
        try (PreparedStatement statement = observer.prepareStatement("SELECT pg_catalog.pg_blocking_pids(?)")) {
            statement.setInt(1, backend);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                Array array = row.getArray(1);
                return Arrays.asList((Integer[]) array.getArray());
            }
        }
    }

    private void letPass(Gate gate) throws SQLException {
        if (gate.hasSteps()) {
            gate.stepBack();
            return;
        }
        if (gatesLeft > 0) {
            gatesLeft--;
            gates.add(Gate.afterTables(database, before.all()));
        }
        gates.remove(gate);
        gate.close();
    }

    private void openAllGates() throws SQLException {
        for (Gate gate : gates) {
            gate.close();
        }
    }

    private Observation observation(ServerMessages messages, Relations after) {
        return new Observation(
                false,
                locks.onExisting(),
                locks.onCreated(),
                List.of(),
                before.rewritten(after),
                before.rebuilt(after),
                messages.indexed(before).collect(Collectors.toCollection(TreeSet::new)),
                messages.scanned(before).collect(Collectors.toCollection(TreeSet::new)),
                Map.of(),
                messages.lines(),
                Optional.empty());
    }
}
