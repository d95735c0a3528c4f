package dev.lockstep.lock;

import dev.lockstep.catalog.QualifiedName;

/**
 * The strongest lock a statement takes on one relation, and the most it does there.
 *
 * @param certain whether it takes the lock in any case; else only when the rows or something the history does not tell ask for it
 */
public record RelationLock(QualifiedName relation, LockMode mode, Work work, boolean certain) {

    RelationLock merge(RelationLock other) {
        boolean same = mode == other.mode;
        RelationLock stronger = mode.compareTo(other.mode) >= 0 ? this : other;
        return new RelationLock(
                relation, stronger.mode, work.greater(other.work), same ? certain || other.certain : stronger.certain);
    }
}
