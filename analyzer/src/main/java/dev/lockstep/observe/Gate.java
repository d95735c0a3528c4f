package dev.lockstep.observe;

import dev.lockstep.observe.Relations.Relation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/**
 * A session that stands in the way of a statement. It gives way step by step, so that the statement can be looked at
 * wherever it has to wait: for the tables, for their indexes, for older transactions and for older snapshots.
 */
final class Gate implements AutoCloseable {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Connection connection;
    private final Deque<Savepoint> steps = new ArrayDeque<>();
    private final int backend;

    private Gate(Connection connection) throws SQLException {
        this.connection = connection;
        this.backend = Look.backend(connection);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
    }

    /** Holds one index, without a lock on its table. */
    static Gate atIndex(Database database, Relation index) throws SQLException {
        Gate gate = new Gate(database.connect());
        gate.execute("ALTER INDEX " + index.quotedName() + " SET TABLESPACE pg_default");
        return gate;
    }

    /** Holds every table; after one step back it is a transaction that has written to each and has a snapshot. */
    static Gate atTables(Database database, Collection<Relation> relations) throws SQLException {
        Gate gate = afterTables(database, relations);
        gate.steps.push(gate.connection.setSavepoint());
        for (Relation relation : relations) {
            gate.lock(relation, "ACCESS EXCLUSIVE");
        }
        return gate;
    }

    /** A transaction that has written to each table it could get at once and has a snapshot. */
    static Gate afterTables(Database database, Collection<Relation> relations) throws SQLException {
        Gate gate = new Gate(database.connect());
        gate.execute("SELECT");
        for (Relation relation : relations) {
            gate.lock(relation, "ROW EXCLUSIVE");
        }
        return gate;
    }

    int backend() {
        return backend;
    }

    boolean hasSteps() {
        return !steps.isEmpty();
    }

    void stepBack() throws SQLException {
        connection.rollback(steps.pop());
    }

    private void lock(Relation relation, String mode) throws SQLException {
        if (relation.kind() != 'r' && relation.kind() != 'p') {
            return;
        }
        Savepoint savepoint = connection.setSavepoint();
        try {
            execute("LOCK TABLE ONLY " + relation.quotedName() + " IN " + mode + " MODE NOWAIT");
        } catch (SQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback(savepoint);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
