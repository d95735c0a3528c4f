package dev.lockstep.source.flyway;

import dev.lockstep.source.Version;
import dev.lockstep.source.flyway.FlywayName.Prefix;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a project names its migrations: a prefix, a version (repeatables have none), a separator, a description, a suffix.
 *
 * @param prefixes of each kind of migration
 */
record FlywayNaming(Map<Prefix, String> prefixes, String separator, List<String> suffixes) {

    static final FlywayNaming DEFAULT = new FlywayNaming(
            Map.of(Prefix.VERSIONED, "V", Prefix.REPEATABLE, "R", Prefix.UNDO, "U", Prefix.BASELINE, "B"),
            "__",
            List.of(".sql"));

    private static final Pattern VERSION = Pattern.compile("\\d+(?:[._]\\d+)*");

    /** The moments at which Flyway runs a script of that name. */
    private static final Set<String> CALLBACKS =
            Set.of(("afterBaseline afterBaselineError afterBaselineOperationFinish afterClean afterCleanError"
                            + " afterCleanOperationFinish afterConnect afterEachMigrate afterEachMigrateError"
                            + " afterEachMigrateStatement afterEachMigrateStatementError afterEachUndo afterEachUndoError"
                            + " afterEachUndoStatement afterEachUndoStatementError afterInfo afterInfoError"
                            + " afterInfoOperationFinish afterMigrate afterMigrateApplied afterMigrateError"
                            + " afterMigrateOperationFinish afterRepair afterRepairError afterRepairOperationFinish"
                            + " afterReportGenerated afterUndo afterUndoError afterUndoOperationFinish afterValidate"
                            + " afterValidateError afterValidateOperationFinish afterVersioned beforeBaseline beforeClean"
                            + " beforeConnect beforeCreateSchema beforeEachMigrate beforeEachMigrateStatement beforeEachUndo"
                            + " beforeEachUndoStatement beforeInfo beforeMigrate beforeRepair beforeRepeatables beforeUndo"
                            + " beforeValidate createSchema")
                    .split(" "));

    FlywayNaming {
        prefixes = Map.copyOf(prefixes);
        suffixes = List.copyOf(suffixes);
    }

    String prefix(Prefix kind) {
        return Objects.requireNonNull(prefixes.get(kind), "every kind has a prefix");
    }

    Optional<FlywayName> parse(String fileName) {
        return withoutSuffix(fileName).flatMap(this::parseBare);
    }

    /** The same for a name without a suffix, such as a class's. */
    Optional<FlywayName> parseBare(String name) {
        return prefixes.entrySet().stream()
                .sorted(Comparator.comparing(
                        (Map.Entry<Prefix, String> prefix) -> -prefix.getValue().length()))
                .filter(prefix -> name.startsWith(prefix.getValue()))
                .findFirst()
                .flatMap(prefix -> parse(
                        prefix.getKey(),
                        prefix.getValue(),
                        name.substring(prefix.getValue().length())));
    }

    private Optional<FlywayName> parse(Prefix kind, String prefix, String rest) {
        if (kind == Prefix.REPEATABLE) {
            return rest.startsWith(separator)
                    ? Optional.of(repeatable(prefix, rest.substring(separator.length())))
                    : Optional.empty();
        }
        Matcher version = VERSION.matcher(rest);
        if (!version.lookingAt()) {
            return Optional.empty();
        }
        String described = rest.substring(version.end());
        if (!described.isEmpty() && !described.startsWith(separator)) {
            return Optional.empty();
        }
        return Optional.of(new FlywayName(
                kind,
                prefix + version.group().replace('_', '.'),
                Version.parse(version.group()),
                described.isEmpty() ? "" : described.substring(separator.length())));
    }

    private static FlywayName repeatable(String prefix, String description) {
        return new FlywayName(
                Prefix.REPEATABLE, prefix + " " + description.replace('_', ' '), Optional.empty(), description);
    }

    /** The moment at which Flyway runs a script that is no migration. */
    Optional<String> callback(String fileName) {
        return withoutSuffix(fileName)
                .map(name -> name.contains(separator) ? name.substring(0, name.indexOf(separator)) : name)
                .filter(CALLBACKS::contains);
    }

    private Optional<String> withoutSuffix(String fileName) {
        return suffixes.stream()
                .filter(fileName::endsWith)
                .findFirst()
                .map(suffix -> fileName.substring(0, fileName.length() - suffix.length()));
    }
}
