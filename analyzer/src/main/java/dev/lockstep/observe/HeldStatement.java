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
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A statement that commits inside itself, run in autocommit mode against {@link Gate}s and looked at wherever it waits.
 */
final class HeldStatement {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(1);

    /** More than the waits of REINDEX CONCURRENTLY, the statement with the most. */
    private static final int GATES_AFTER_THE_FIRST = 8;

    private final Database database;
    private final Relations before;
    private final String sql;
    private final LockRecord locks;
    private final List<Gate> gates = new ArrayList<>();
    private int gatesLeft = GATES_AFTER_THE_FIRST;

    HeldStatement(Database database, Relations before, String sql) {
        this.database = database;
        this.before = before;
        this.sql = sql;
        this.locks = new LockRecord(before);
    }

    Observation observe() throws SQLException {
        try (Connection runner = database.connect();
                Connection observer = database.connect();
                Statement statement = runner.createStatement()) {
            statement.execute("SET client_min_messages = debug1");
            int backend = LockProbe.backend(runner);
            try {
                closeGates();
                CompletableFuture<ServerMessages> outcome = start(statement);
                watch(observer, backend, outcome);
                return observation(outcome.join(), Relations.read(observer));
            } catch (CompletionException e) {
                if (e.getCause() instanceof SQLException error) {
                    return LockProbe.failed(false, ServerMessages.of(statement), error);
                }
                throw e;
            } finally {
                openAllGates();
            }
        }
    }

    private void closeGates() throws SQLException {
        for (Relation relation : before.all()) {
            if (relation.kind() == 'i') {
                gates.add(Gate.atIndex(database, relation));
            }
        }
        gates.add(Gate.atTables(database, before.all()));
    }

    /** On a thread of its own: callers may occupy every thread of the common pool. */
    private CompletableFuture<ServerMessages> start(Statement statement) {
        return CompletableFuture.supplyAsync(
                () -> run(statement), command -> new Thread(command, "held statement").start());
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
        long start = System.nanoTime();
        while (!outcome.isDone()) {
            List<Integer> blockers = blockers(observer, backend);
            if (!blockers.isEmpty()) {
                locks.look(observer, backend);
                letPass(blockers);
            }
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new IllegalStateException("still running after " + LIMIT + ": " + sql);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static List<Integer> blockers(Connection observer, int backend) throws SQLException {
        try (PreparedStatement statement = observer.prepareStatement("SELECT pg_blocking_pids(?)")) {
            statement.setInt(1, backend);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                Array array = row.getArray(1);
                return Arrays.asList((Integer[]) array.getArray());
            }
        }
    }

    private void letPass(List<Integer> blockers) throws SQLException {
        for (Gate gate : List.copyOf(gates)) {
            if (!blockers.contains(gate.backend())) {
                continue;
            }
            if (gate.hasSteps()) {
                gate.stepBack();
                continue;
            }
            if (gatesLeft > 0) {
                gatesLeft--;
                gates.add(Gate.afterTables(database, before.all()));
            }
            gates.remove(gate);
            gate.close();
        }
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
                LockProbe.newStorage(before, after, "rmS"),
                LockProbe.newStorage(before, after, "i"),
                messages.scanned(before).collect(Collectors.toCollection(TreeSet::new)),
                Map.of(),
                messages.lines(),
                Optional.empty());
    }
}
