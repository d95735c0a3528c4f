package dev.lockstep.observe;

import dev.lockstep.lock.LockMode;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one statement did to the relations of user schemas. Names carry their schema. Sets are sorted.
 *
 * @param inTransaction whether the statement may run in a transaction block
 * @param locks the strongest lock on each relation that existed before
 * @param createdLocks the strongest lock on each relation the statement made
 * @param alreadyHeld the locks, in every mode, that the transaction held before; one that the statement takes again is not seen
 * @param rewritten tables, materialized views and sequences that got new storage
 * @param rebuilt indexes that got new storage
 * @param indexed tables that an index was built on
 * @param scanned tables read from end to end, including those of {@code rewritten} and those an index was built on; a
 *     foreign key's check reads the referenced table by index or whole, as the planner likes; for a statement that can't run in a transaction,
 *     only what the server announces
 * @param rowsWritten rows inserted, updated and deleted; not seen for a statement that can't run in a transaction
 * @param messages everything the server said, from its first debug level up
 * @param failure why the statement failed; the locks it had held by then are not known
 */
public record Observation(
        boolean inTransaction,
        List<ObservedLock> locks,
        List<ObservedLock> createdLocks,
        List<ObservedLock> alreadyHeld,
        Set<String> rewritten,
        Set<String> rebuilt,
        Set<String> indexed,
        Set<String> scanned,
        Map<String, Long> rowsWritten,
        List<String> messages,
        Optional<Failure> failure) {

    /** An error by its SQLSTATE, with the server's text. */
    public record Failure(String sqlState, String message) {}

    /** Of a statement that ran and did nothing to any relation. */
    public static Observation nothing() {
        return bare(true, List.of(), Optional.empty());
    }

    /** Of a statement that failed. */
    public static Observation failed(boolean inTransaction, List<String> messages, SQLException error) {
        return bare(inTransaction, messages, Optional.of(failure(error)));
    }

    private static Observation bare(boolean inTransaction, List<String> messages, Optional<Failure> failure) {
        return new Observation(
                inTransaction,
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Map.of(),
                messages,
                failure);
    }

    static Failure failure(SQLException error) {
        return new Failure(String.valueOf(error.getSQLState()), String.valueOf(error.getMessage()));
    }

    /** The strongest mode on a relation that existed before. */
    public Optional<LockMode> mode(String relation) {
        return locks.stream()
                .filter(lock -> lock.relation().equals(relation))
                .map(ObservedLock::mode)
                .findFirst();
    }
}
