package dev.lockstep.source.flyway;

import dev.lockstep.source.ToolFacts;
import dev.lockstep.source.ToolFacts.Grouping;
import dev.lockstep.source.ToolFacts.Late;
import dev.lockstep.source.ToolFacts.Lock;
import dev.lockstep.source.flyway.FlywayName.Prefix;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Flyway's settings as far as they bear on what a migration does.
 *
 * @param locations as they are written; empty when nothing says
 */
record FlywaySettings(
        List<String> locations,
        FlywayNaming naming,
        FlywayPlaceholders placeholders,
        boolean mixed,
        boolean executeInTransaction,
        Charset encoding,
        ToolFacts facts) {

    /** With no settings in sight; there may be some elsewhere. */
    static final FlywaySettings ASSUMED = new FlywaySettings(
            List.of(),
            FlywayNaming.DEFAULT,
            FlywayPlaceholders.DEFAULT.with(Map.of("flyway:defaultschema", "public")),
            false,
            true,
            StandardCharsets.UTF_8,
            new ToolFacts(Lock.TRANSACTION_ASSUMED, Grouping.EACH_FILE, Late.REFUSED, List.of()));

    FlywaySettings {
        locations = List.copyOf(locations);
    }

    /** The same, with something to tell the user. */
    FlywaySettings remarking(String remark) {
        List<String> remarks = new ArrayList<>(facts.remarks());
        remarks.add(remark);
        return new FlywaySettings(
                locations,
                naming,
                placeholders,
                mixed,
                executeInTransaction,
                encoding,
                new ToolFacts(facts.lock(), facts.grouping(), facts.late(), remarks));
    }

    /** The rule for a script with these settings of its own. */
    FlywayTransactions transactions(ScriptConfiguration script) {
        return new FlywayTransactions(mixed, executeInTransaction, script.executeInTransaction());
    }

    /** The names of the settings are not the same everywhere: {@code sql-migration-prefix}, {@code postgresql.transactional-lock}. */
    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "").replaceFirst("^pluginconfiguration", "");
    }

    /** Whether any of a file's settings is Flyway's. */
    static boolean isIn(SettingsFile kind, Map<String, String> all) {
        return all.keySet().stream().anyMatch(name -> name.startsWith(kind.root()));
    }

    /** @param shown how the user is shown the file */
    static FlywaySettings of(SettingsFile kind, Map<String, String> all, String shown) {
        return new Reader(kind, all, shown).read();
    }

    /** Reads the settings of one file. */
    private static final class Reader {

        private static final String PLACEHOLDERS = "placeholders.";

        private final Map<String, String> settings = new HashMap<>();
        private final Map<String, String> placeholders = new HashMap<>();
        private final SettingValues values;
        private final String shown;
        private final List<String> remarks = new ArrayList<>();

        Reader(SettingsFile kind, Map<String, String> all, String shown) {
            this.values = new SettingValues(all);
            this.shown = shown;
            all.forEach((name, value) -> {
                if (name.startsWith(kind.root())) {
                    enter(name.substring(kind.root().length()), value);
                }
            });
        }

        private void enter(String name, String value) {
            if (name.startsWith(PLACEHOLDERS)) {
                placeholders.put(name.substring(PLACEHOLDERS.length()), value);
            } else {
                settings.put(bare(name), value);
            }
        }

        FlywaySettings read() {
            Grouping grouping = flag("group", false)
                    ? flag("mixed", false) ? Grouping.WHOLE_DEPLOY_MIXED : Grouping.WHOLE_DEPLOY
                    : Grouping.EACH_FILE;
            Lock lock = flag("postgresqltransactionallock", true) ? Lock.TRANSACTION : Lock.NONE;
            Late late = flag("outoforder", false) ? Late.RUN : Late.REFUSED;
            return new FlywaySettings(
                    list("locations").orElse(List.of()),
                    naming(),
                    placeholders(),
                    flag("mixed", false),
                    flag("executeintransaction", true),
                    encoding(),
                    new ToolFacts(lock, grouping, late, remarks));
        }

        private FlywayNaming naming() {
            FlywayNaming standard = FlywayNaming.DEFAULT;
            Map<Prefix, String> prefixes = new EnumMap<>(standard.prefixes());
            prefixes.replaceAll((kind, prefix) -> text(setting(kind), prefix));
            return new FlywayNaming(
                    prefixes,
                    text("sqlmigrationseparator", standard.separator()),
                    list("sqlmigrationsuffixes")
                            .filter(suffixes -> !suffixes.isEmpty())
                            .orElse(standard.suffixes()));
        }

        private static String setting(Prefix kind) {
            return switch (kind) {
                case VERSIONED -> "sqlmigrationprefix";
                case REPEATABLE -> "repeatablesqlmigrationprefix";
                case UNDO -> "undosqlmigrationprefix";
                case BASELINE -> "baselinemigrationprefix";
            };
        }

        private FlywayPlaceholders placeholders() {
            Map<String, String> known = new HashMap<>();
            placeholders.forEach(
                    (name, value) -> values.resolve(value).ifPresent(resolved -> known.put(name, resolved)));
            Optional<String> schema = Stream.of(
                            value("defaultschema"),
                            list("schemas").flatMap(all -> all.stream().findFirst()))
                    .flatMap(Optional::stream)
                    .filter(name -> !name.isEmpty())
                    .findFirst();
            known.put("flyway:defaultSchema", schema.orElse("public"));
            known.put("flyway:table", text("table", "flyway_schema_history"));
            FlywayPlaceholders standard = FlywayPlaceholders.DEFAULT;
            return new FlywayPlaceholders(
                            flag("placeholderreplacement", true),
                            text("placeholderprefix", standard.prefix()),
                            text("placeholdersuffix", standard.suffix()),
                            Map.of())
                    .with(known);
        }

        private Charset encoding() {
            String name = text("encoding", "UTF-8");
            try {
                return Charset.forName(name);
            } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
                remarks.add(shown + ": the encoding " + name + " is not known here; UTF-8 is assumed");
                return StandardCharsets.UTF_8;
            }
        }

        private boolean flag(String name, boolean otherwise) {
            return value(name).map(Boolean::parseBoolean).orElse(otherwise);
        }

        private String text(String name, String otherwise) {
            return value(name).orElse(otherwise);
        }

        private Optional<List<String>> list(String name) {
            return value(name)
                    .map(value -> Stream.of(value.split(","))
                            .map(String::strip)
                            .filter(item -> !item.isEmpty())
                            .toList());
        }

        /** One whose value depends on what is not in the file is taken for unset. */
        private Optional<String> value(String name) {
            Optional<String> written = Optional.ofNullable(settings.get(name));
            Optional<String> value = isPlaceholderMark(name) ? written : written.flatMap(values::resolve);
            if (written.isPresent() && value.isEmpty()) {
                remarks.add(shown + ": Flyway's " + name + " is " + written.get()
                        + ", which can't be told from here; its default is assumed");
            }
            return value.map(String::strip);
        }

        private static boolean isPlaceholderMark(String name) {
            return name.equals("placeholderprefix") || name.equals("placeholdersuffix");
        }
    }
}
