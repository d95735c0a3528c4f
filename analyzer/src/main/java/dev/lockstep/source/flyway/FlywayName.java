package dev.lockstep.source.flyway;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file name by Flyway's default naming: a prefix, a version (repeatables have none), two underscores, a description.
 *
 * @param version empty for repeatables
 */
record FlywayName(Prefix prefix, Optional<FlywayVersion> version, String description) {

    enum Prefix {
        VERSIONED,
        UNDO,
        BASELINE,
        REPEATABLE
    }

    private static final Pattern VERSIONED = Pattern.compile("([VUB])(\\d+(?:[._]\\d+)*)(?:__(.*))?\\.sql");

    private static final Pattern REPEATABLE = Pattern.compile("R__(.*)\\.sql");

    static Optional<FlywayName> parse(String fileName) {
        Matcher versioned = VERSIONED.matcher(fileName);
        if (versioned.matches()) {
            Prefix prefix = switch (versioned.group(1)) {
                case "V" -> Prefix.VERSIONED;
                case "U" -> Prefix.UNDO;
                default -> Prefix.BASELINE;
            };
            String description = versioned.group(3) == null ? "" : versioned.group(3);
            return Optional.of(
                    new FlywayName(prefix, Optional.of(FlywayVersion.parse(versioned.group(2))), description));
        }
        Matcher repeatable = REPEATABLE.matcher(fileName);
        return repeatable.matches()
                ? Optional.of(new FlywayName(Prefix.REPEATABLE, Optional.empty(), repeatable.group(1)))
                : Optional.empty();
    }

    /** As Flyway lists it: {@code V2.1} or {@code R my view}. */
    String id() {
        return version.map(number -> prefix.name().charAt(0) + number.toString())
                .orElse("R " + description.replace('_', ' '));
    }
}
