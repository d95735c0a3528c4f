package dev.lockstep.source.flyway;

import dev.lockstep.source.Version;
import java.util.Optional;

/**
 * What Flyway reads from a file's name.
 *
 * @param id as Flyway lists it: {@code V2.01} or {@code R my view}
 * @param version empty for repeatables
 */
record FlywayName(Prefix prefix, String id, Optional<Version> version, String description) {

    /** In the order they run. */
    enum Prefix {
        BASELINE,
        VERSIONED,
        REPEATABLE,
        UNDO
    }
}
