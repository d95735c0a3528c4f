package dev.lockstep.observe;

import dev.lockstep.lock.Failure;
import dev.lockstep.lock.Failure.When;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.LockMode;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.lock.Work;
import dev.lockstep.observe.Difference.Aspect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds what was predicted for a statement against what a server did. */
public final class Comparison {

    private static final String ACTIVE_SQL_TRANSACTION = "25001";

    private static final String INVALID_TRANSACTION_TERMINATION = "2D000";

    private final Footprint predicted;
    private final Observation seen;
    private final Circumstances circumstances;
    private final ObservedWork work;
    private final Map<String, ObservedLock> locks = new TreeMap<>();
    private final List<Difference> differences = new ArrayList<>();

    private Comparison(Footprint predicted, Observation seen, Circumstances circumstances) {
        this.predicted = predicted;
        this.seen = seen;
        this.circumstances = circumstances;
        this.work = new ObservedWork(seen);
        seen.locks().forEach(lock -> locks.put(lock.relation(), lock));
    }

    /** In words, each way in which a statement by itself did otherwise; empty when it did as predicted. */
    public static List<String> differences(Footprint predicted, Observation seen) {
        return predicted.known()
                ? differences(predicted, seen, Circumstances.ALONE).stream()
                        .map(Difference::toString)
                        .toList()
                : List.of("the model does not know the statement");
    }

    /** Each way in which the statement did otherwise; empty when it did as predicted, and when nothing was predicted. */
    public static List<Difference> differences(Footprint predicted, Observation seen, Circumstances circumstances) {
        Comparison comparison = new Comparison(predicted, seen, circumstances);
        if (predicted.known()) {
            comparison.compare();
        }
        return List.copyOf(comparison.differences);
    }

    private void compare() {
        if (seen.failure().isPresent()) {
            compareFailure(seen.failure().get());
            return;
        }
        Optional<Failure> certain = expected().filter(this::isCertain).findFirst();
        if (certain.isPresent()) {
            differences.add(Difference.of(Aspect.FAILURE, words(certain.get()), "runs"));
            return;
        }
        if (predicted.allowedInTransactionBlock() != seen.inTransaction() && !mayCommit()) {
            differences.add(Difference.of(
                    Aspect.TRANSACTION, block(predicted.allowedInTransactionBlock()), block(seen.inTransaction())));
        }
        Map<String, RelationLock> expected = new LinkedHashMap<>();
        predicted.locks().forEach(lock -> expected.put(name(lock), lock));
        expected.values().forEach(this::compareLock);
        locks.values().stream()
                .filter(lock -> !expected.containsKey(lock.relation()) && !isPlanners(lock.relation(), lock.mode()))
                .forEach(lock -> differences.add(Difference.on(
                        lock.relation(), Aspect.LOCK, "no lock", lock.mode().sql())));
    }

    /** Whether code commits only when it gets there. */
    private boolean mayCommit() {
        return predicted.failures().stream()
                .anyMatch(failure -> failure.when() == When.IF_REACHED_IN_TRANSACTION_BLOCK);
    }

    private static String block(boolean allowed) {
        return allowed ? "allowed in a transaction block" : "not allowed in a transaction block";
    }

    /** The failures that can happen where the statement stands. */
    private Stream<Failure> expected() {
        Stream<Failure> listed = predicted.failures().stream()
                .filter(failure -> circumstances.inBlock() || !failure.when().needsTransactionBlock());
        boolean implied = circumstances.inBlock()
                && !predicted.allowedInTransactionBlock()
                && predicted.failure(ACTIVE_SQL_TRANSACTION).isEmpty()
                && predicted.failure(INVALID_TRANSACTION_TERMINATION).isEmpty();
        Failure refused = new Failure(ACTIVE_SQL_TRANSACTION, When.IN_TRANSACTION_BLOCK, "");
        return implied ? Stream.concat(Stream.of(refused), listed) : listed;
    }

    private boolean isCertain(Failure failure) {
        return switch (failure.when()) {
            case ALWAYS, IN_TRANSACTION_BLOCK -> true;
            case IF_ROWS_EXIST -> circumstances.rowsExist();
            case IF_A_ROW_VIOLATES, IF_REACHED, IF_REACHED_IN_TRANSACTION_BLOCK -> false;
        };
    }

    /** A sure failure must be the one; any other only one of those that depend on rows, and only with rows. */
    private void compareFailure(Observation.Failure failure) {
        String shown = "fails with " + failure.sqlState();
        boolean isSure = expected().anyMatch(this::isCertain);
        Optional<Failure> expected = expected()
                .filter(one -> !isSure || isCertain(one))
                .filter(one -> one.sqlState().equals(failure.sqlState()))
                .findFirst();
        if (expected.isEmpty()) {
            String instead = expected().map(Comparison::words).collect(Collectors.joining(", or "));
            differences.add(Difference.of(
                    Aspect.FAILURE, instead.isEmpty() ? "runs" : instead, shown + ": " + failure.message()));
        } else if (circumstances.failsWithoutRows()) {
            differences.add(Difference.of(Aspect.FAILURE, words(expected.get()), shown + " without rows too"));
        }
    }

    private static String words(Failure failure) {
        return "fails with " + failure.sqlState() + " " + failure.when().words();
    }

    private static String name(RelationLock lock) {
        return lock.relation().schema() + "." + lock.relation().name();
    }

    private void compareLock(RelationLock lock) {
        String relation = name(lock);
        Optional<LockMode> mode = Optional.ofNullable(locks.get(relation)).map(ObservedLock::mode);
        boolean masked = modes(lock).anyMatch(possible -> isMasked(relation, possible, mode));
        boolean asPredicted =
                mode.isEmpty() ? lock.least().isEmpty() : modes(lock).anyMatch(mode.get()::equals);
        if (!asPredicted && !masked && !isPlanners(relation, lock.mode())) {
            differences.add(Difference.on(
                    relation,
                    Aspect.LOCK,
                    lock.mode().sql(),
                    mode.map(LockMode::sql).orElse("no lock")));
        }
        if ((mode.isPresent() || masked) && works(lock).noneMatch(work -> isPossible(work, relation))) {
            differences.add(Difference.on(
                    relation,
                    Aspect.WORK,
                    lock.work().words(),
                    work.on(relation).words()));
        }
    }

    /** The modes that may turn out to be the strongest. */
    private static Stream<LockMode> modes(RelationLock lock) {
        return lock.ways()
                .map(ways -> ways.modes().stream())
                .orElseGet(() -> Stream.concat(Stream.of(lock.mode()), lock.least().stream()));
    }

    private static Stream<Work> works(RelationLock lock) {
        return lock.ways().map(ways -> ways.works().stream()).orElseGet(() -> Stream.of(lock.work()));
    }

    /** A mode that the transaction held already is not taken again; only weaker ones that come with it are seen. */
    private boolean isMasked(String relation, LockMode mode, Optional<LockMode> seenMode) {
        return seenMode.map(weaker -> weaker.compareTo(mode) < 0).orElse(true)
                && seen.alreadyHeld().stream()
                        .anyMatch(lock -> lock.relation().equals(relation) && lock.mode() == mode);
    }

    /** Which indexes a query opens depends on its plan; none of them blocks more than its table does. */
    private boolean isPlanners(String relation, LockMode mode) {
        return circumstances.amongOthers() && mode.compareTo(LockMode.ROW_SHARE) <= 0 && isIndex(relation);
    }

    private boolean isIndex(String relation) {
        return Stream.concat(locks.values().stream(), seen.alreadyHeld().stream())
                .anyMatch(lock -> lock.relation().equals(relation) && (lock.kind() == 'i' || lock.kind() == 'I'));
    }

    private boolean isPossible(Work predictedWork, String relation) {
        ObservedWork.Kind observed = work.on(relation);
        return switch (predictedWork) {
            case NONE -> observed == ObservedWork.Kind.NOTHING;
            case NEW_FILES -> observed == ObservedWork.Kind.NEW_FILES && !work.isRewritten(relation);
            case READ -> observed == ObservedWork.Kind.NOTHING || observed == ObservedWork.Kind.SCANNED;
            case SCAN ->
                observed == ObservedWork.Kind.SCANNED
                        || (!seen.inTransaction() && observed == ObservedWork.Kind.NOTHING);
            case INDEX_BUILD ->
                observed == (isIndex(relation) ? ObservedWork.Kind.NEW_FILES : ObservedWork.Kind.BUILT_INDEX);
            case COPY ->
                observed == ObservedWork.Kind.NOTHING
                        || (observed == ObservedWork.Kind.NEW_FILES && !work.isRewritten(relation));
            case REWRITE -> observed == ObservedWork.Kind.NEW_FILES && !isIndex(relation);
            // It may find no row to write, and finds rows by index or by a scan.
            case ROWS -> observed != ObservedWork.Kind.NEW_FILES && observed != ObservedWork.Kind.BUILT_INDEX;
            case UNKNOWN -> true;
        };
    }
}
