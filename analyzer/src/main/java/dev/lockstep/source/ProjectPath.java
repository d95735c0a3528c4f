package dev.lockstep.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/** Paths as a {@link Project} has them. */
public final class ProjectPath {

    private ProjectPath() {}

    /** The part after the last slash. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The directory of a file; empty for the root. */
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    public static String in(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }

    public static boolean isBelow(String path, String directory) {
        return directory.isEmpty() || path.startsWith(directory + "/");
    }

    public static boolean endsWith(String path, String suffix) {
        return path.toLowerCase(Locale.ROOT).endsWith(suffix);
    }

    /** What {@code relative} means in a directory; empty if it leads outside the root. */
    public static Optional<String> resolve(String directory, String relative) {
        String whole = relative.startsWith("/") ? relative : in(directory, relative);
        Deque<String> steps = new ArrayDeque<>();
        for (String step : whole.replace('\\', '/').split("/")) {
            if (step.equals("..")) {
                if (steps.isEmpty()) {
                    return Optional.empty();
                }
                steps.removeLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return Optional.of(String.join("/", steps));
    }
}
