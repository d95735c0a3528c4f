package dev.lockstep.lock;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A table-level lock mode, weakest first.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html">Explicit Locking, table 13.2</a>
 */
public enum LockMode {
    ACCESS_SHARE(0b1000_0000),
    ROW_SHARE(0b1100_0000),
    ROW_EXCLUSIVE(0b1111_0000),
    SHARE_UPDATE_EXCLUSIVE(0b1111_1000),
    SHARE(0b1110_1100),
    SHARE_ROW_EXCLUSIVE(0b1111_1100),
    EXCLUSIVE(0b1111_1110),
    ACCESS_EXCLUSIVE(0b1111_1111);

    /** Bit n is set when this mode conflicts with the mode of ordinal n. */
    private final int conflicts;

    LockMode(int conflicts) {
        this.conflicts = conflicts;
    }

    @SuppressWarnings("EnumOrdinal") // the manual's table, in the manual's order
    public boolean conflictsWith(LockMode other) {
        return (conflicts & (1 << other.ordinal())) != 0;
    }

    /** Whether SELECT waits. */
    public boolean blocksReads() {
        return conflictsWith(ACCESS_SHARE);
    }

    /** Whether INSERT, UPDATE and DELETE wait. */
    public boolean blocksWrites() {
        return conflictsWith(ROW_EXCLUSIVE);
    }

    /** What waits behind this lock, in words. */
    public String blocked() {
        if (blocksReads()) {
            return "reads and writes";
        }
        return blocksWrites() ? "writes" : "schema changes";
    }

    /** As the manual spells it: {@code ACCESS EXCLUSIVE}. */
    public String sql() {
        return name().replace('_', ' ');
    }

    /** As {@code pg_locks.mode} spells it: {@code AccessExclusiveLock}. */
    public String catalogName() {
        StringBuilder spelled = new StringBuilder();
        for (String word : name().split("_", -1)) {
            spelled.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return spelled.append("Lock").toString();
    }

    /** The mode that {@link #catalogName} spells so; a serializable transaction's {@code SIReadLock} blocks nothing and is none. */
    public static Optional<LockMode> ofCatalogName(String name) {
        return Arrays.stream(values())
                .filter(mode -> mode.catalogName().equals(name))
                .findFirst();
    }

    public LockMode stronger(LockMode other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
