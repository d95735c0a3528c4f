package dev.lockstep.lock;

import dev.lockstep.catalog.QualifiedName;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The strongest lock a statement takes on one relation, and the most it does there.
 *
 * @param least the lock it takes in any case; weaker than {@code mode}, or absent, when rows or something the history does not tell decide
 * @param ways of code, whose statements run or don't: what else may come out as the strongest
 */
public record RelationLock(
        QualifiedName relation, LockMode mode, Work work, Optional<LockMode> least, Optional<Ways> ways) {

    /** Every lock that may turn out to be the strongest, and all that may be done. */
    public record Ways(Set<LockMode> modes, Set<Work> works) {
        public Ways {
            modes = Set.copyOf(modes);
            works = Set.copyOf(works);
        }
    }

    /** Of a statement that is no code. */
    public RelationLock(QualifiedName relation, LockMode mode, Work work, Optional<LockMode> least) {
        this(relation, mode, work, least, Optional.empty());
    }

    /** Whether it takes the lock in any case. */
    public boolean isCertain() {
        return least.filter(mode::equals).isPresent();
    }

    RelationLock merge(RelationLock other) {
        return ways.isPresent() || other.ways.isPresent()
                ? then(other)
                : new RelationLock(
                        relation, mode.stronger(other.mode), work.greater(other.work), stronger(least, other.least));
    }

    /** This lock and then, by another statement of the same code, the other. */
    RelationLock then(RelationLock other) {
        Optional<LockMode> sure = stronger(least, other.least);
        Set<LockMode> modes = EnumSet.copyOf(waysOrOwn().modes());
        modes.addAll(other.waysOrOwn().modes());
        sure.ifPresent(floor -> modes.removeIf(weaker -> weaker.compareTo(floor) < 0));
        Set<Work> works = EnumSet.copyOf(waysOrOwn().works());
        works.addAll(other.waysOrOwn().works());
        Stream.of(this, other)
                .filter(lock -> lock.isCertain() && lock.ways.isEmpty())
                .map(RelationLock::work)
                .reduce(Work::greater)
                .ifPresent(floor -> works.removeIf(less -> less.compareTo(floor) < 0));
        return new RelationLock(
                relation,
                mode.stronger(other.mode),
                work.greater(other.work),
                sure,
                Optional.of(new Ways(modes, works)));
    }

    /** Taken by code that need not get there. */
    RelationLock perhaps() {
        Set<Work> works = EnumSet.copyOf(waysOrOwn().works());
        works.add(Work.NONE);
        return new RelationLock(
                relation,
                mode,
                work,
                Optional.empty(),
                Optional.of(new Ways(waysOrOwn().modes(), works)));
    }

    RelationLock on(QualifiedName other) {
        return new RelationLock(other, mode, work, least, ways);
    }

    /** The ways, or for a lock without any, those that its modes are. */
    private Ways waysOrOwn() {
        return ways.orElseGet(() -> {
            Set<LockMode> modes = EnumSet.of(mode);
            least.ifPresent(modes::add);
            return new Ways(modes, Set.of(work));
        });
    }

    private static Optional<LockMode> stronger(Optional<LockMode> first, Optional<LockMode> second) {
        return Stream.concat(first.stream(), second.stream()).reduce(LockMode::stronger);
    }
}
