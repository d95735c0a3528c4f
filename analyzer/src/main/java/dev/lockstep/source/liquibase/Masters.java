package dev.lockstep.source.liquibase;

import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.liquibase.ChangeLogFile.Format;
import dev.lockstep.text.SourceText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the changelogs that are run, and so are not included by others. */
final class Masters {

    /** Where Spring Boot looks, and what everyone calls it. */
    private static final List<String> NAMES = List.of(
            "db.changelog-master.xml",
            "db.changelog-master.yaml",
            "db.changelog-master.yml",
            "db.changelog-master.json",
            "db.changelog-master.sql");

    /** Files that are large, everywhere, and no changelogs. */
    private static final Set<String> OTHERS =
            Set.of("package.json", "package-lock.json", "composer.json", "tsconfig.json", "pom.xml");

    private static final Pattern INCLUDE = Pattern.compile("\\b(?:file|path)[\"']?\\s*[=:]\\s*[\"']?([^\"'\\s,}>]+)");

    private final Project project;

    Masters(Project project) {
        this.project = project;
    }

    /** The place of each history; its evidence is the master changelog, unless there is none. */
    List<Setup> find() {
        Set<String> named = new LinkedHashSet<>();
        settingsFiles()
                .forEach(file -> Settings.of(project, List.of(file)).changeLogs().stream()
                        .map(path -> configured(path.path(), file))
                        .flatMap(Optional::stream)
                        .forEach(named::add));
        project.files().stream()
                .filter(file -> NAMES.contains(ProjectPath.name(file)))
                .forEach(named::add);
        Map<String, SourceText> changeLogs = changeLogs();
        if (named.isEmpty() && !changeLogs.isEmpty()) {
            NAMES.stream()
                    .map(project::above)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(named::add);
        }
        Set<String> included = included(changeLogs);
        boolean explicit = !named.isEmpty();
        named.removeIf(included::contains);
        if (!explicit) {
            changeLogs.forEach((path, text) -> {
                if (!included.contains(path) && includes(text)) {
                    named.add(path);
                }
            });
        }
        List<Setup> setups = new ArrayList<>();
        named.forEach(master -> setups.add(new Setup(ProjectPath.parent(master), Optional.of(master))));
        if (setups.isEmpty()) {
            changeLogs.keySet().stream()
                    .filter(path -> !included.contains(path))
                    .map(ProjectPath::parent)
                    .distinct()
                    .forEach(directory -> setups.add(Setup.in(directory)));
        }
        return setups;
    }

    private List<String> settingsFiles() {
        Set<String> files = new LinkedHashSet<>();
        project.above(Settings.OWN_FILE).ifPresent(files::add);
        project.files().stream().filter(Settings::isSettingsFile).forEach(files::add);
        return List.copyOf(files);
    }

    private Optional<String> configured(String path, String settingsFile) {
        return SearchPath.isElsewhere(path)
                ? Optional.empty()
                : SearchPath.around(
                                project,
                                settingsFile,
                                List.of(ProjectPath.in(ProjectPath.parent(settingsFile), "src/main/resources")))
                        .find(path);
    }

    /** The changelogs that are listed. */
    private Map<String, SourceText> changeLogs() {
        Map<String, SourceText> found = new TreeMap<>();
        for (String file : project.files()) {
            Optional<Format> format = ChangeLogFile.format(file);
            if (format.isPresent() && !OTHERS.contains(ProjectPath.name(file))) {
                project.read(file)
                        .filter(text -> ChangeLogFile.isChangeLog(text, format.get()))
                        .ifPresent(text -> found.put(file, text));
            }
        }
        return found;
    }

    private static boolean includes(SourceText changeLog) {
        return changeLog.content().contains("include");
    }

    /** The changelogs that others include, as far as a look at their text tells. */
    static Set<String> included(Map<String, SourceText> changeLogs) {
        Set<String> included = new HashSet<>();
        changeLogs.forEach((path, text) -> {
            if (includes(text)) {
                targets(path, text)
                        .forEach(target -> changeLogs.keySet().stream()
                                .filter(other -> !other.equals(path))
                                .filter(other -> names(target, other))
                                .forEach(included::add));
            }
        });
        return included;
    }

    private static Set<String> targets(String path, SourceText text) {
        Set<String> targets = new HashSet<>();
        Matcher references = INCLUDE.matcher(text.content());
        while (references.find()) {
            String target =
                    references.group(1).replaceFirst("^(classpath:)?/*", "").replaceFirst("/+$", "");
            Stream.of(ProjectPath.resolve("", target), ProjectPath.resolve(ProjectPath.parent(path), target))
                    .flatMap(Optional::stream)
                    .filter(found -> !found.isEmpty())
                    .forEach(targets::add);
        }
        return targets;
    }

    /** Whether a path, of a file or a directory, names a changelog from anywhere. */
    private static boolean names(String target, String changeLog) {
        String rooted = "/" + changeLog;
        return rooted.endsWith("/" + target) || rooted.contains("/" + target + "/");
    }

    /** The directory of the master around a file; asked of names, and of the file itself. */
    Optional<String> homeOf(String file) {
        Optional<Format> format = ChangeLogFile.format(file);
        if (format.isEmpty()) {
            return Optional.empty();
        }
        boolean changeLog = project.read(file)
                .filter(text -> ChangeLogFile.isChangeLog(text, format.get()))
                .isPresent();
        if (!changeLog && format.get() != Format.SQL) {
            return Optional.empty();
        }
        String at = ProjectPath.parent(file);
        while (true) {
            String directory = at;
            boolean master = NAMES.stream().anyMatch(name -> project.has(ProjectPath.in(directory, name)));
            if (master || changeLog && project.has(ProjectPath.in(directory, Settings.OWN_FILE))) {
                return Optional.of(directory);
            }
            if (at.isEmpty()) {
                return Optional.empty();
            }
            at = ProjectPath.parent(at);
        }
    }
}
