package dev.lockstep.verify;

import dev.lockstep.lock.Failure;
import dev.lockstep.lock.Failure.When;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.LockMode;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.lock.Work;
import dev.lockstep.observe.Observation;
import dev.lockstep.observe.ObservedLock;
import dev.lockstep.verify.Difference.Aspect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A prediction held against an observation.
 *
 * @param inBlock whether the statement ran in a transaction block
 * @param rows what the tables said about a failure that depends on their rows
 */
record Comparison(Footprint predicted, Observation observed, boolean inBlock, Rows rows) {

    /**
     * The rows at that moment.
     *
     * @param exist whether the table of a failure {@link When#IF_ROWS_EXIST} held one
     * @param failsWithout whether the statement fails the same way on empty tables
     */
    record Rows(boolean exist, boolean failsWithout) {
        static final Rows UNASKED = new Rows(false, false);
    }

    private static final String ACTIVE_SQL_TRANSACTION = "25001";

    List<Difference> differences() {
        if (!predicted.known()) {
            return List.of();
        }
        if (observed.failure().isPresent()) {
            return failure(observed.failure().get()).stream().toList();
        }
        List<Difference> found = new ArrayList<>();
        expected()
                .filter(this::isCertain)
                .findFirst()
                .ifPresent(failure -> found.add(Difference.of(Aspect.FAILURE, words(failure), "runs")));
        transaction().ifPresent(found::add);
        locks(found);
        work(found);
        return found;
    }

    /** The failures that can happen where the statement stands. */
    private Stream<Failure> expected() {
        Stream<Failure> listed =
                predicted.failures().stream().filter(failure -> inBlock || failure.when() != When.IN_TRANSACTION_BLOCK);
        boolean implied = inBlock
                && !predicted.allowedInTransactionBlock()
                && predicted.failure(ACTIVE_SQL_TRANSACTION).isEmpty();
        return implied
                ? Stream.concat(
                        listed,
                        Stream.of(new Failure(ACTIVE_SQL_TRANSACTION, When.IN_TRANSACTION_BLOCK, "not in a block")))
                : listed;
    }

    private boolean isCertain(Failure failure) {
        return switch (failure.when()) {
            case ALWAYS, IN_TRANSACTION_BLOCK -> true;
            case IF_ROWS_EXIST -> rows.exist();
            case IF_A_ROW_VIOLATES -> false;
        };
    }

    private Optional<Difference> failure(Observation.Failure seen) {
        Optional<Failure> expected = expected()
                .filter(failure -> failure.sqlState().equals(seen.sqlState()))
                .findFirst();
        String shown = "fails with " + seen.sqlState() + ": " + seen.message();
        if (expected.isEmpty()) {
            String instead = expected().map(Comparison::words).collect(Collectors.joining(", or "));
            return Optional.of(Difference.of(Aspect.FAILURE, instead.isEmpty() ? "runs" : instead, shown));
        }
        return rows.failsWithout()
                ? Optional.of(Difference.of(
                        Aspect.FAILURE, words(expected.get()), "fails with " + seen.sqlState() + " without rows too"))
                : Optional.empty();
    }

    private static String words(Failure failure) {
        return "fails with " + failure.sqlState()
                + switch (failure.when()) {
                    case ALWAYS -> "";
                    case IF_ROWS_EXIST -> " if there are rows";
                    case IF_A_ROW_VIOLATES -> " if a row violates";
                    case IN_TRANSACTION_BLOCK -> " in a transaction block";
                };
    }

    private Optional<Difference> transaction() {
        return predicted.allowedInTransactionBlock() == observed.inTransaction()
                ? Optional.empty()
                : Optional.of(Difference.of(
                        Aspect.TRANSACTION,
                        block(predicted.allowedInTransactionBlock()),
                        block(observed.inTransaction())));
    }

    private static String block(boolean allowed) {
        return allowed ? "allowed in a transaction block" : "not allowed in a transaction block";
    }

    /** What the statement itself creates is nobody's yet, and no prediction is asked of it. */
    private Map<String, RelationLock> predictedByName() {
        Set<String> created =
                observed.createdLocks().stream().map(ObservedLock::relation).collect(Collectors.toSet());
        Map<String, RelationLock> byName = new TreeMap<>();
        for (RelationLock lock : predicted.locks()) {
            String name = lock.relation().schema() + "." + lock.relation().name();
            if (!created.contains(name)) {
                byName.put(name, lock);
            }
        }
        return byName;
    }

    private void locks(List<Difference> found) {
        Map<String, RelationLock> expected = predictedByName();
        Set<String> relations = new TreeSet<>(expected.keySet());
        observed.locks().forEach(lock -> relations.add(lock.relation()));
        for (String relation : relations) {
            Optional<LockMode> mode =
                    Optional.ofNullable(expected.get(relation)).map(RelationLock::mode);
            Optional<LockMode> seen = observed.mode(relation);
            boolean asPredicted = mode.equals(seen) || isPossible(expected.get(relation), seen);
            if (!asPredicted && !isMasked(relation, mode, seen) && !isPlanners(relation, mode)) {
                found.add(Difference.on(relation, Aspect.LOCK, words(mode), words(seen)));
            }
        }
    }

    /** What is not certain may be taken weaker, or not at all. */
    private static boolean isPossible(@Nullable RelationLock predicted, Optional<LockMode> seen) {
        return predicted != null
                && !predicted.certain()
                && seen.filter(mode -> mode.compareTo(predicted.mode()) > 0).isEmpty();
    }

    /** A mode that the transaction held already is not taken again; only weaker ones that come with it are seen. */
    private boolean isMasked(String relation, Optional<LockMode> mode, Optional<LockMode> seen) {
        return mode.isPresent()
                && seen.map(weaker -> weaker.compareTo(mode.get()) < 0).orElse(true)
                && observed.alreadyHeld().stream()
                        .anyMatch(lock -> lock.relation().equals(relation) && lock.mode() == mode.get());
    }

    /** Which indexes a query opens depends on its plan, and a plan that is cached opens fewer; none of them blocks more than its table does. */
    private boolean isPlanners(String relation, Optional<LockMode> mode) {
        return mode.isEmpty()
                && observed.locks().stream()
                        .anyMatch(lock -> lock.relation().equals(relation)
                                && lock.kind() == 'i'
                                && lock.mode().compareTo(LockMode.ROW_SHARE) <= 0);
    }

    private static String words(Optional<LockMode> mode) {
        return mode.map(LockMode::sql).orElse("no lock");
    }

    private void work(List<Difference> found) {
        Map<String, RelationLock> expected = predictedByName();
        Set<String> relations = new TreeSet<>(expected.keySet());
        observed.locks().forEach(lock -> relations.add(lock.relation()));
        for (String relation : relations) {
            RelationLock lock = expected.get(relation);
            Work work = lock == null ? Work.NONE : lock.work();
            Work seen = workOn(relation);
            if (!agree(
                    work,
                    seen,
                    Optional.ofNullable(lock).map(RelationLock::mode).or(() -> observed.mode(relation)))) {
                found.add(Difference.on(relation, Aspect.WORK, work.words(), seen.words()));
            }
        }
    }

    private Work workOn(String relation) {
        if (observed.rewritten().contains(relation)) {
            return Work.REWRITE;
        }
        if (observed.rebuilt().contains(relation) || observed.indexed().contains(relation)) {
            return Work.INDEX_BUILD;
        }
        if (observed.rowsWritten().containsKey(relation)) {
            return Work.ROWS;
        }
        return observed.scanned().contains(relation) ? Work.SCAN : Work.NONE;
    }

    private boolean agree(Work work, Work seen, Optional<LockMode> mode) {
        boolean isRead =
                mode.filter(taken -> taken.compareTo(LockMode.ROW_SHARE) <= 0).isPresent();
        return switch (work) {
            // A statement that writes rows may find none to write, and finds them by index or by a scan.
            case ROWS -> seen == Work.ROWS || seen == Work.SCAN || seen == Work.NONE;
            // How a query reads is the planner's choice.
            case NONE, SCAN -> seen == work || (isRead && seen.compareTo(Work.SCAN) <= 0) || isUnseen(work, seen);
            case READ -> seen == Work.NONE || seen == Work.SCAN;
            case NEW_FILES -> seen == Work.REWRITE || seen == Work.INDEX_BUILD;
            case INDEX_BUILD, REWRITE -> seen == work;
            case UNKNOWN -> true;
        };
    }

    /** Outside a transaction only what the server announces is seen. */
    private boolean isUnseen(Work work, Work seen) {
        return !observed.inTransaction() && work == Work.SCAN && seen == Work.NONE;
    }
}
