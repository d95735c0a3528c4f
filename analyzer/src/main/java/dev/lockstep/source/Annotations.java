package dev.lockstep.source;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Marks that stand in comments of the files themselves, or in the files that describe a project. */
public final class Annotations {

    /** A history that starts without annotations is no history of a tool that wants them. */
    private static final int FILES_READ = 3;

    private Annotations() {}

    /** Whether one of the first SQL files among these has the mark. */
    public static boolean in(Project project, List<String> paths, Pattern mark) {
        return paths.stream()
                .filter(path -> ProjectPath.endsWith(path, ".sql"))
                .limit(FILES_READ)
                .anyMatch(path -> has(project, path, mark));
    }

    /** The nearest file of one of these names, in the directory or above it, that has the mark. */
    public static Optional<String> above(Project project, String directory, Pattern mark, String... names) {
        return Stream.of(names)
                .flatMap(name -> project.above(directory, name).stream())
                .filter(path -> has(project, path, mark))
                .findFirst();
    }

    private static boolean has(Project project, String path, Pattern mark) {
        return project.read(path)
                .filter(file -> mark.matcher(file.content()).find())
                .isPresent();
    }
}
