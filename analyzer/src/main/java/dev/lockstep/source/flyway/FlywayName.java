package dev.lockstep.source.flyway;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file name by Flyway's default naming: a prefix, a version (repeatables have none), two underscores, a description.
 *
 * @param id as Flyway lists it: {@code V2.01} or {@code R my view}
 * @param version empty for repeatables
 */
record FlywayName(Prefix prefix, String id, Optional<FlywayVersion> version, String description) {

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
            String id = versioned.group(1) + versioned.group(2).replace('_', '.');
            String description = versioned.group(3) == null ? "" : versioned.group(3);
            return Optional.of(
                    new FlywayName(prefix, id, Optional.of(FlywayVersion.parse(versioned.group(2))), description));
        }
        Matcher repeatable = REPEATABLE.matcher(fileName);
        return repeatable.matches() ? Optional.of(repeatable(repeatable.group(1))) : Optional.empty();
    }

    private static FlywayName repeatable(String description) {
        return new FlywayName(Prefix.REPEATABLE, "R " + description.replace('_', ' '), Optional.empty(), description);
    }
}
