package dev.lockstep.lock;

import dev.lockstep.catalog.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What a statement does to the running database.
 *
 * @param known whether the model knows the statement; an unknown footprint says nothing, rather than that there is nothing
 */
public record Footprint(
        List<RelationLock> locks, boolean allowedInTransactionBlock, List<Failure> failures, boolean known) {

    public static final Footprint NONE = new Footprint(List.of(), true, List.of(), true);

    public static final Footprint UNKNOWN = new Footprint(List.of(), true, List.of(), false);

    public Footprint {
        locks = List.copyOf(locks);
        failures = List.copyOf(failures);
    }

    public Optional<RelationLock> on(QualifiedName relation) {
        return locks.stream().filter(lock -> lock.relation().equals(relation)).findFirst();
    }

    /** The lock on {@code relation}, if it makes reads or writes wait while work is done that grows with the table. */
    public Optional<RelationLock> blockingWorkOn(QualifiedName relation) {
        return on(relation)
                .filter(lock -> lock.mode().blocksWrites() && lock.work().growsWithTable());
    }

    /** The first lock anywhere that makes reads or writes wait while work is done that grows with the relation. */
    public Optional<RelationLock> blockingWork() {
        return locks.stream()
                .filter(lock -> lock.mode().blocksWrites() && lock.work().growsWithTable())
                .findFirst();
    }

    public Optional<Failure> failure(String sqlState) {
        return failures.stream()
                .filter(failure -> failure.sqlState().equals(sqlState))
                .findFirst();
    }

    /** The same locks, and nothing done under them. */
    Footprint withoutWork() {
        return changing(lock -> new RelationLock(lock.relation(), lock.mode(), Work.NONE, lock.least()));
    }

    Footprint changing(UnaryOperator<RelationLock> change) {
        return new Footprint(locks.stream().map(change).toList(), allowedInTransactionBlock, failures, known);
    }

    Footprint withLocks(List<RelationLock> otherLocks) {
        return new Footprint(otherLocks, allowedInTransactionBlock, failures, known);
    }

    Footprint withFailures(List<Failure> otherFailures) {
        return new Footprint(locks, allowedInTransactionBlock, otherFailures, known);
    }

    Footprint withKnown(boolean isKnown) {
        return new Footprint(locks, allowedInTransactionBlock, failures, isKnown);
    }

    Footprint allowedInTransactionBlock(boolean allowed) {
        return new Footprint(locks, allowed, failures, known);
    }

    /** The same, apart from the locks on some relations. */
    Footprint without(Predicate<QualifiedName> relations) {
        return new Footprint(
                locks.stream().filter(lock -> !relations.test(lock.relation())).toList(),
                allowedInTransactionBlock,
                failures,
                known);
    }

    /** Both footprints together: the strongest lock and the most work on each relation, and every failure. */
    public Footprint and(Footprint other) {
        return merged(other, RelationLock::merge);
    }

    /** This footprint and then, by another statement of the same code, the other. */
    Footprint then(Footprint other) {
        return merged(other, RelationLock::then);
    }

    private Footprint merged(Footprint other, BinaryOperator<RelationLock> merge) {
        Map<QualifiedName, RelationLock> merged = new LinkedHashMap<>();
        for (RelationLock lock : Relations.<RelationLock>concat(locks, other.locks)) {
            merged.merge(lock.relation(), lock, merge);
        }
        Set<Failure> every = new LinkedHashSet<>(failures);
        every.addAll(other.failures);
        return new Footprint(
                new ArrayList<>(merged.values()),
                allowedInTransactionBlock && other.allowedInTransactionBlock,
                List.copyOf(every),
                known && other.known);
    }
}
