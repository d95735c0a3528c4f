package dev.lockstep.lock;

import dev.lockstep.catalog.QualifiedName;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The strongest lock a statement takes on one relation, and the most it does there.
 *
 * @param least the lock it takes in any case; weaker than {@code mode}, or absent, when rows or something the history does not tell decide
 */
public record RelationLock(QualifiedName relation, LockMode mode, Work work, Optional<LockMode> least) {

    /** Whether it takes the lock in any case. */
    public boolean isCertain() {
        return least.filter(mode::equals).isPresent();
    }

    RelationLock merge(RelationLock other) {
        return new RelationLock(
                relation,
                mode.stronger(other.mode),
                work.greater(other.work),
                Stream.concat(least.stream(), other.least.stream()).reduce(LockMode::stronger));
    }
}
