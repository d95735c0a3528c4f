package dev.lockstep.source.flyway;

import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.flyway.FlywayProject.Location;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Migrations that are classes: found by their sources, in the package that a location is. */
final class FlywayJava {

    private static final Pattern SOURCE = Pattern.compile(".*\\.(?:java|kt|groovy|scala)");

    private static final List<String> LANGUAGES = List.of("java", "kotlin", "groovy", "scala");

    private static final String RESOURCES = "src/main/resources/";

    private FlywayJava() {}

    /** The sources whose class names are a migration's. */
    static List<String> classes(Project project, Setup setup, Optional<FlywayProject> settings) {
        FlywayNaming naming = settings.map(known -> known.settings().naming()).orElse(FlywayNaming.DEFAULT);
        Set<String> directories = new LinkedHashSet<>();
        settings.map(known -> known.locations().stream().map(Location::directory))
                .orElseGet(() -> Stream.of(setup.directory()))
                .flatMap(FlywayJava::packages)
                .forEach(directories::add);
        Set<String> classes = new LinkedHashSet<>();
        for (String directory : directories) {
            project.below(directory).stream()
                    .filter(path -> isMigration(path, naming))
                    .filter(path -> settings.isPresent() || isInDefaultPackage(path))
                    .forEach(classes::add);
        }
        return List.copyOf(classes);
    }

    private static Stream<String> packages(String location) {
        int resources = location.indexOf(RESOURCES);
        if (resources < 0) {
            return Stream.of(location);
        }
        String module = location.substring(0, resources);
        String inside = location.substring(resources + RESOURCES.length());
        return Stream.concat(
                Stream.of(location),
                LANGUAGES.stream().map(language -> module + "src/main/" + language + "/" + inside));
    }

    private static boolean isInDefaultPackage(String path) {
        return ("/" + path).contains("/db/migration/");
    }

    private static boolean isMigration(String path, FlywayNaming naming) {
        return SOURCE.matcher(path).matches()
                && naming.parseBare(className(path)).isPresent();
    }

    static String className(String path) {
        String name = ProjectPath.name(path);
        return name.substring(0, name.lastIndexOf('.'));
    }
}
