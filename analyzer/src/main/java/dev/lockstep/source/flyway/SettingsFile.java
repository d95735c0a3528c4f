package dev.lockstep.source.flyway;

import dev.lockstep.source.ProjectPath;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The kinds of files in which Flyway's settings are found. Each is read into flat settings: names in Flyway's spelling or Spring's, the
 * items of a list joined by commas.
 */
enum SettingsFile {
    TOML("flyway."),
    CONF("flyway."),
    SPRING_PROPERTIES("spring.flyway."),
    SPRING_YAML("spring.flyway."),
    MAVEN("flyway.");

    private static final Pattern DOCUMENT = Pattern.compile("(?m)^[#!]---\\s*$");

    /** Flyway takes a backslash for itself, unless it ends a line. */
    private static final Pattern BACKSLASH = Pattern.compile("\\\\(?![\\r\\n])");

    private static final Pattern INDEX = Pattern.compile("\\[\\d+]$");

    private final String root;

    SettingsFile(String root) {
        this.root = root;
    }

    /** What kind of settings file a path's name tells of. */
    static Optional<SettingsFile> of(String path) {
        return switch (ProjectPath.name(path)) {
            case "flyway.toml" -> Optional.of(TOML);
            case "flyway.conf" -> Optional.of(CONF);
            case "application.properties" -> Optional.of(SPRING_PROPERTIES);
            case "application.yml", "application.yaml" -> Optional.of(SPRING_YAML);
            case "pom.xml" -> Optional.of(MAVEN);
            default -> Optional.empty();
        };
    }

    /** Where such files lie in a module, those that Flyway minds more first. */
    static List<String> places() {
        return List.of(
                "flyway.toml",
                "flyway.conf",
                "conf/flyway.toml",
                "conf/flyway.conf",
                "src/main/resources/application.properties",
                "src/main/resources/application.yml",
                "src/main/resources/application.yaml",
                "src/main/resources/config/application.properties",
                "src/main/resources/config/application.yml",
                "src/main/resources/config/application.yaml",
                "application.properties",
                "application.yml",
                "application.yaml",
                "config/application.properties",
                "config/application.yml",
                "config/application.yaml",
                "pom.xml");
    }

    /** Whether Flyway's command line reads it, whose default location is another. */
    boolean isCommandLine() {
        return this == TOML || this == CONF;
    }

    /** What comes before the names of Flyway's settings among the others. */
    String root() {
        return root;
    }

    /**
     * The settings, with everything that values may refer to.
     *
     * @throws UnreadableSettings if it is not well formed
     */
    Map<String, String> read(String text) {
        return switch (this) {
            case CONF -> properties(BACKSLASH.matcher(text).replaceAll("\\\\\\\\"));
            case SPRING_PROPERTIES -> springProperties(text);
            case SPRING_YAML -> YamlSettings.read(text);
            case TOML -> TomlSettings.read(text);
            case MAVEN -> MavenSettings.read(text);
        };
    }

    /** Of several documents those without a profile; later ones win. */
    private static Map<String, String> springProperties(String text) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String document : DOCUMENT.split(text)) {
            Map<String, String> settings = properties(document);
            if (!isOfProfile(settings.keySet())) {
                all.putAll(settings);
            }
        }
        return all;
    }

    static boolean isOfProfile(Set<String> names) {
        return names.contains("spring.config.activate.on-profile") || names.contains("spring.profiles");
    }

    static Map<String, String> properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException malformed) {
            throw new UnreadableSettings(malformed);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            settings.merge(
                    INDEX.matcher(name).replaceFirst(""),
                    properties.getProperty(name).strip(),
                    (first, second) -> first + "," + second);
        }
        return settings;
    }

    /** A settings file that is not well formed: the user's mistake. */
    static final class UnreadableSettings extends RuntimeException {

        private static final long serialVersionUID = 1;

        UnreadableSettings(Exception cause) {
            super(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""), cause);
        }
    }
}
