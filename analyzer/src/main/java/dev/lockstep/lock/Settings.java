package dev.lockstep.lock;

import dev.lockstep.catalog.Moment;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of the session, and the running transaction, where they change what a statement does.
 *
 * @param timeZone absent when the migration does not set it: the server's own then holds
 * @param now the moment of the running transaction; absent when each statement is looked at by itself
 */
public record Settings(Optional<String> timeZone, Optional<Moment> now) {

    /** Nothing known: the model answers for the worst. */
    public static final Settings UNKNOWN = new Settings(Optional.empty(), Optional.empty());

    private static final Set<String> NAMES_OF_UTC =
            Set.of("utc", "etc/utc", "gmt", "etc/gmt", "uct", "etc/uct", "zulu", "etc/zulu", "universal", "0");

    /** Whether local time is UTC all year, so that {@code timestamp} and {@code timestamptz} hold the same number. */
    boolean isUtc() {
        return timeZone.filter(zone -> NAMES_OF_UTC.contains(zone.toLowerCase(Locale.ROOT)))
                .isPresent();
    }
}
