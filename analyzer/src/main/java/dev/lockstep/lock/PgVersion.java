package dev.lockstep.lock;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A major version of PostgreSQL that we judge for. */
public enum PgVersion {
    V14,
    V15,
    V16,
    V17,
    V18;

    public static final List<PgVersion> ALL = List.of(values());

    public int major() {
        return 14 + ordinal();
    }

    /** The version with this major number, if it is one we judge for. */
    public static Optional<PgVersion> ofMajor(int major) {
        return Arrays.stream(values())
                .filter(version -> version.major() == major)
                .findFirst();
    }

    public boolean isAtLeast(PgVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public String toString() {
        return String.valueOf(major());
    }
}
