package dev.lockstep.lock;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A major version of PostgreSQL that we judge for. */
public enum PgVersion {
    V14(14),
    V15(15),
    V16(16),
    V17(17),
    V18(18);

    public static final List<PgVersion> ALL = List.of(values());

    private final int major;

    PgVersion(int major) {
        this.major = major;
    }

    public int major() {
        return major;
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
