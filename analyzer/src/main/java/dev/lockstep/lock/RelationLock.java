package dev.lockstep.lock;

import dev.lockstep.catalog.QualifiedName;

/** The strongest lock a statement takes on one relation, and the most it does there. */
public record RelationLock(QualifiedName relation, LockMode mode, Work work) {

    RelationLock merge(RelationLock other) {
        return new RelationLock(relation, mode.stronger(other.mode), work.greater(other.work));
    }
}
