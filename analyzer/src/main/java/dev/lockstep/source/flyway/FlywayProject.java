package dev.lockstep.source.flyway;

import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.flyway.SettingsFile.UnreadableSettings;
import dev.lockstep.text.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A module with Flyway's settings, and the directories that they say its migrations are in.
 *
 * @param file the settings file
 */
record FlywayProject(String file, FlywaySettings settings, List<Location> locations) {

    private static final String FILESYSTEM = "filesystem:";
    private static final String CLASSPATH = "classpath:";
    private static final String DEFAULT_CLASSPATH = "db/migration";

    /** Where Maven and Gradle take the class path from. */
    private static final List<String> ROOTS = List.of("src/main/resources", "src/main/java", "src/main/kotlin");

    private static final Pattern MODULE_PART = Pattern.compile("(^|/)(?:src/main/resources(?:/config)?|conf|config)$");

    private static final Pattern WILDCARD = Pattern.compile("[*?]");

    /** A directory with what is below it, or what of it a pattern lets through. */
    record Location(String directory, Optional<Pattern> pattern) {

        boolean holds(String path) {
            return ProjectPath.isBelow(path, directory)
                    && pattern.map(known -> known.matcher(path).lookingAt()).orElse(true);
        }
    }

    /** Reads a settings file; empty if Flyway is not in it, or it can't be read. */
    static Optional<FlywayProject> read(Project project, String file) {
        SettingsFile kind = SettingsFile.of(file).orElseThrow();
        Optional<SourceText> text =
                project.read(file).filter(known -> known.content().contains("flyway"));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String shown = project.shown(file);
        try {
            Map<String, String> all = kind.read(text.get().content());
            return FlywaySettings.isIn(kind, all)
                    ? Optional.of(located(project, file, kind, FlywaySettings.of(kind, all, shown)))
                    : Optional.empty();
        } catch (UnreadableSettings malformed) {
            FlywaySettings assumed = FlywaySettings.ASSUMED.remarking(
                    shown + " is not well formed, so Flyway's defaults are assumed: " + malformed.getMessage());
            return Optional.of(located(project, file, kind, assumed));
        }
    }

    private static FlywayProject located(Project project, String file, SettingsFile kind, FlywaySettings settings) {
        String module = module(file);
        List<String> written = settings.locations().isEmpty()
                ? kind.isCommandLine()
                        ? List.of(CLASSPATH + DEFAULT_CLASSPATH, FILESYSTEM + "sql")
                        : List.of(CLASSPATH + DEFAULT_CLASSPATH)
                : settings.locations();
        Set<Location> locations = new LinkedHashSet<>();
        written.forEach(location -> locations.addAll(locations(project, module, location)));
        if (locations.isEmpty() && !settings.locations().isEmpty()) {
            return new FlywayProject(
                    file,
                    settings.remarking(project.shown(file) + ": Flyway's locations are "
                            + String.join(", ", settings.locations())
                            + ", which is not in this project; all migrations beside and below the file are taken"),
                    List.of(new Location(module, Optional.empty())));
        }
        return new FlywayProject(file, settings, List.copyOf(locations));
    }

    private static String module(String file) {
        return MODULE_PART.matcher(ProjectPath.parent(file)).replaceFirst("");
    }

    private static List<Location> locations(Project project, String module, String written) {
        String vendor = written.replace("{vendor}", "postgresql");
        if (vendor.startsWith(FILESYSTEM)) {
            String path = vendor.substring(FILESYSTEM.length());
            return path.startsWith("/")
                    ? List.of()
                    : location(module, path).stream().toList();
        }
        String path = vendor.startsWith(CLASSPATH) ? vendor.substring(CLASSPATH.length()) : vendor;
        if (path.contains(":")) {
            return List.of();
        }
        String bare = path.startsWith("/") ? path.substring(1) : path;
        List<Location> found = new ArrayList<>();
        for (String root : ROOTS) {
            location(ProjectPath.in(module, root), bare)
                    .filter(location -> !project.below(location.directory()).isEmpty())
                    .ifPresent(found::add);
        }
        return found.isEmpty() ? elsewhere(project, module, bare) : found;
    }

    private static Optional<Location> location(String base, String path) {
        if (!WILDCARD.matcher(path).find()) {
            return ProjectPath.resolve(base, path).map(directory -> new Location(directory, Optional.empty()));
        }
        String before = path.substring(0, path.replaceFirst("[*?].*", "").lastIndexOf('/') + 1);
        return ProjectPath.resolve(base, before)
                .map(directory -> new Location(directory, Optional.of(pattern(base, path))));
    }

    private static Pattern pattern(String base, String path) {
        String whole = ProjectPath.in(base, path);
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < whole.length(); i++) {
            char c = whole.charAt(i);
            if (whole.startsWith("**/", i)) {
                pattern.append("(?:.*/)?");
                i += 2;
            } else if (c == '*') {
                pattern.append(whole.startsWith("**", i) ? ".*" : "[^/]*");
                i += whole.startsWith("**", i) ? 1 : 0;
            } else {
                pattern.append(c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(pattern + "(?:/|$)");
    }

    /** The directories of that name in the module: what a build puts on the class path is not always told by its layout. */
    private static List<Location> elsewhere(Project project, String module, String path) {
        Set<String> directories = new LinkedHashSet<>();
        for (String file : project.files()) {
            int at = ("/" + file).indexOf("/" + path + "/");
            if (at >= 0 && ProjectPath.isBelow(file, module)) {
                directories.add(file.substring(0, at + path.length()));
            }
        }
        return directories.stream()
                .map(directory -> new Location(directory, Optional.empty()))
                .toList();
    }

    /** Whether the project's directory and the migrations have anything to do with each other. */
    boolean concerns(String directory) {
        return locations.stream()
                .anyMatch(location -> location.directory().equals(directory)
                        || ProjectPath.isBelow(location.directory(), directory)
                        || location.holds(directory + "/"));
    }

    /** The files in the locations, each once. */
    List<String> files(Project project) {
        Set<String> files = new LinkedHashSet<>();
        for (Location location : locations) {
            project.below(location.directory()).stream().filter(location::holds).forEach(files::add);
        }
        return List.copyOf(files);
    }
}
