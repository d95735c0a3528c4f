package dev.lockstep.observe;

import dev.lockstep.lock.LockMode;

/**
 * A lock on a relation.
 *
 * @param relation the name with its schema, unquoted
 * @param kind {@code pg_class.relkind}
 */
public record ObservedLock(String relation, char kind, LockMode mode) {

    ObservedLock stronger(ObservedLock other) {
        return mode.compareTo(other.mode) >= 0 ? this : other;
    }
}
