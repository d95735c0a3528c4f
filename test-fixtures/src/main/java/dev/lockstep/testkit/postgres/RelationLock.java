package dev.lockstep.testkit.postgres;

import java.util.List;

/**
 * A lock on a relation.
 *
 * @param relation the name with its schema, unquoted
 * @param kind {@code pg_class.relkind}
 * @param mode PostgreSQL's name for the mode, such as {@code AccessExclusiveLock}
 */
public record RelationLock(String relation, char kind, String mode) {

    private static final List<String> WEAK_TO_STRONG = List.of(
            "AccessShareLock",
            "RowShareLock",
            "RowExclusiveLock",
            "ShareUpdateExclusiveLock",
            "ShareLock",
            "ShareRowExclusiveLock",
            "ExclusiveLock",
            "AccessExclusiveLock");

    RelationLock stronger(RelationLock other) {
        return strength() >= other.strength() ? this : other;
    }

    private int strength() {
        return WEAK_TO_STRONG.indexOf(mode);
    }
}
