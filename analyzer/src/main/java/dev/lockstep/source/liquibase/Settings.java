package dev.lockstep.source.liquibase;

import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.text.SourceText;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is configured in {@code liquibase.properties} or Spring's {@code application.properties} or {@code .yml}.
 *
 * @param changeLogs the master changelogs that are named, as paths to be looked up
 * @param parameters changelog parameters
 * @param contexts those that updates run with; empty: all changesets are run
 * @param labels the expression that updates run with, likewise
 * @param searchPath directories of the project that changelogs are looked up in
 */
record Settings(
        List<Named> changeLogs,
        Map<String, String> parameters,
        Optional<String> contexts,
        Optional<String> labels,
        Optional<String> defaultSchema,
        List<String> searchPath) {

    static final String OWN_FILE = "liquibase.properties";

    private static final List<String> SPRING_FILES =
            List.of("application.properties", "application.yml", "application.yaml");

    private static final String SPRING = "spring.liquibase.";

    /** A path in a configuration file. */
    record Named(String path, String file) {}

    Settings {
        changeLogs = List.copyOf(changeLogs);
        parameters = Map.copyOf(parameters);
        searchPath = List.copyOf(searchPath);
    }

    /** Which changesets updates run. */
    RunFilter filter() {
        return contexts.isEmpty() && labels.isEmpty() ? RunFilter.ALL : Generator.filter(this);
    }

    /** Whether the name is that of a file that may hold settings. */
    static boolean isSettingsFile(String path) {
        String name = ProjectPath.name(path);
        return name.equals(OWN_FILE) || SPRING_FILES.contains(name);
    }

    /** What the files beside and above a master changelog say, up to the root of the project. */
    static Settings around(Project project, String master) {
        List<String> files = new ArrayList<>();
        for (String at = ProjectPath.parent(master); ; at = ProjectPath.parent(at)) {
            String directory = at;
            Stream.concat(Stream.of(OWN_FILE), SPRING_FILES.stream())
                    .flatMap(name -> Stream.of(name, "src/main/resources/" + name))
                    .map(name -> ProjectPath.in(directory, name))
                    .filter(project::has)
                    .forEach(files::add);
            if (at.isEmpty()) {
                return of(project, files);
            }
        }
    }

    /** What these files say; of two that say the same thing the first counts. */
    static Settings of(Project project, List<String> files) {
        List<Named> changeLogs = new ArrayList<>();
        Map<String, String> parameters = new TreeMap<>();
        Optional<String> contexts = Optional.empty();
        Optional<String> labels = Optional.empty();
        Optional<String> defaultSchema = Optional.empty();
        List<String> searchPath = new ArrayList<>();
        for (String file : files) {
            Map<String, String> said = read(project, file);
            first(said, "changeLogFile", "change-log").ifPresent(path -> changeLogs.add(new Named(path, file)));
            contexts = contexts.or(() -> first(said, "contexts", "context-filter", "contextFilter"));
            labels = labels.or(() -> first(said, "labels", "label-filter", "labelFilter"));
            defaultSchema = defaultSchema.or(() -> first(said, "defaultSchemaName", "default-schema"));
            first(said, "searchPath", "search-path").ifPresent(paths -> searchPath(file, paths, searchPath));
            said.forEach((key, value) -> {
                if (key.startsWith("parameter.") || key.startsWith("parameters.")) {
                    parameters.putIfAbsent(key.substring(key.indexOf('.') + 1), value);
                }
            });
        }
        return new Settings(changeLogs, parameters, contexts, labels, defaultSchema, searchPath);
    }

    private static void searchPath(String file, String paths, List<String> searchPath) {
        for (String path : paths.split(",")) {
            ProjectPath.resolve(ProjectPath.parent(file), path.strip()).ifPresent(searchPath::add);
        }
    }

    /** A value that the environment is to fill in is not known. */
    private static Optional<String> first(Map<String, String> said, String... keys) {
        return Stream.of(keys)
                .map(said::get)
                .filter(value -> value != null && !value.isBlank() && !value.contains("${"))
                .findFirst();
    }

    /** The settings of a file without the prefixes that Liquibase and Spring want. */
    private static Map<String, String> read(Project project, String path) {
        Map<String, String> said = new TreeMap<>();
        Optional<SourceText> file = project.read(path);
        boolean own = ProjectPath.name(path).equals(OWN_FILE);
        Map<String, String> all = file.filter(text -> own || text.content().contains("liquibase"))
                .map(text -> path.endsWith(".properties") ? properties(text) : YamlReader.flattened(text))
                .orElse(Map.of());
        all.forEach((key, value) -> {
            if (own) {
                said.put(
                        key.replaceFirst("^liquibase\\.(command\\.)?", "")
                                .replaceFirst("^changelogFile$", "changeLogFile"),
                        value);
            } else if (key.startsWith(SPRING)) {
                said.put(key.substring(SPRING.length()), value);
            }
        });
        return said;
    }

    /** A properties file's entries. */
    static Map<String, String> properties(SourceText file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(file.content()));
        } catch (IllegalArgumentException malformed) {
            return Map.of();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        Map<String, String> entries = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(name -> entries.put(name, properties.getProperty(name).strip()));
        return entries;
    }
}
