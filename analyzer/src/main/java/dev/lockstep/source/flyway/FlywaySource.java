package dev.lockstep.source.flyway;

import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.flyway.FlywayName.Prefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Flyway: versioned migrations in version order, then repeatable ones in order of description. */
public final class FlywaySource implements MigrationSource {

    private static final String DEFAULT_LOCATION = "db/migration";

    @Override
    public String tool() {
        return "flyway";
    }

    @Override
    public String runner() {
        return "Flyway";
    }

    /**
     * Each settings file with migrations in its locations is a history. Of the files that no settings speak of, each of several default
     * locations is one; else they are one together.
     */
    @Override
    public List<Setup> find(Project project) {
        Map<Set<String>, FlywayProject> configured = configured(project);
        Set<String> taken = new HashSet<>();
        configured.keySet().forEach(taken::addAll);
        List<String> rest = project.files().stream()
                .filter(path -> !taken.contains(path) && isRun(FlywayNaming.DEFAULT, path))
                .toList();
        List<Setup> setups = new ArrayList<>();
        if (configured.size() == 1 && rest.isEmpty()) {
            setups.add(new Setup(
                    project.directory(),
                    Optional.of(configured.values().iterator().next().file())));
            return setups;
        }
        configured.forEach(
                (files, settings) -> setups.add(new Setup(commonDirectory(files), Optional.of(settings.file()))));
        setups.addAll(byNames(project, rest, configured.isEmpty()));
        return setups;
    }

    private List<Setup> byNames(Project project, List<String> files, boolean alone) {
        Set<String> locations = new TreeSet<>();
        files.forEach(path -> defaultLocation(path)
                .filter(location -> ProjectPath.isBelow(location, project.directory()))
                .ifPresent(locations::add));
        if (locations.size() > 1 || !alone && !locations.isEmpty()) {
            return locations.stream().map(Setup::in).toList();
        }
        return alone && !files.isEmpty() ? List.of(Setup.in(project.directory())) : List.of();
    }

    /** By the files they run, of which the first settings to speak have the say. */
    private static Map<Set<String>, FlywayProject> configured(Project project) {
        Map<Set<String>, FlywayProject> configured = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (String file : settingsFiles(project)) {
            FlywayProject.read(project, file)
                    .filter(settings -> settings.concerns(project.directory()))
                    .ifPresent(settings -> {
                        Set<String> run = new TreeSet<>();
                        settings.files(project).stream()
                                .filter(path -> isRun(settings.settings().naming(), path))
                                .filter(path -> !taken.contains(path))
                                .forEach(run::add);
                        taken.addAll(run);
                        if (!run.isEmpty()) {
                            configured.put(run, settings);
                        }
                    });
        }
        return configured;
    }

    /** Those below the directory, then those above it, the nearest first; in each the ones that Flyway minds more first. */
    private static List<String> settingsFiles(Project project) {
        List<String> files = new ArrayList<>(project.files().stream()
                .filter(path -> SettingsFile.of(path).isPresent())
                .sorted(Comparator.comparing(
                        (String path) -> SettingsFile.of(path).orElseThrow()))
                .toList());
        files.addAll(above(project, project.directory()));
        return files;
    }

    private static List<String> above(Project project, String directory) {
        Set<String> files = new LinkedHashSet<>();
        for (String at = directory; ; at = ProjectPath.parent(at)) {
            for (String place : SettingsFile.places()) {
                String path = ProjectPath.in(at, place);
                if (project.has(path)) {
                    files.add(path);
                }
            }
            if (at.isEmpty()) {
                return List.copyOf(files);
            }
        }
    }

    private static boolean isRun(FlywayNaming naming, String path) {
        return naming.parse(ProjectPath.name(path))
                .filter(name -> name.prefix() == Prefix.VERSIONED || name.prefix() == Prefix.REPEATABLE)
                .isPresent();
    }

    private static String commonDirectory(Set<String> files) {
        String common = ProjectPath.parent(files.iterator().next());
        for (String file : files) {
            while (!ProjectPath.isBelow(file, common)) {
                common = ProjectPath.parent(common);
            }
        }
        return common;
    }

    /** The location around a file that settings name, or the innermost default one. */
    @Override
    public Optional<String> home(String file, Project project) {
        return above(project, ProjectPath.parent(file)).stream()
                .map(settings -> FlywayProject.read(project, settings))
                .flatMap(Optional::stream)
                .flatMap(settings -> settings.locations().stream())
                .filter(location ->
                        location.holds(file) && !location.directory().isEmpty())
                .map(FlywayProject.Location::directory)
                .findFirst()
                .or(() -> defaultLocation(file));
    }

    private static Optional<String> defaultLocation(String file) {
        for (String at = ProjectPath.parent(file); !at.isEmpty(); at = ProjectPath.parent(at)) {
            if (at.equals(DEFAULT_LOCATION) || at.endsWith("/" + DEFAULT_LOCATION)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    @Override
    public Migrations read(Project project, Setup setup) {
        Optional<FlywayProject> settings = setup.evidence().flatMap(file -> FlywayProject.read(project, file));
        FlywayReader reader =
                new FlywayReader(project, settings.map(FlywayProject::settings).orElse(FlywaySettings.ASSUMED));
        List<String> files = settings.map(known -> known.files(project))
                .orElseGet(() -> project.files().stream()
                        .filter(path -> ProjectPath.isBelow(path, setup.directory()))
                        .toList());
        return reader.read(files, FlywayJava.classes(project, setup, settings));
    }
}
