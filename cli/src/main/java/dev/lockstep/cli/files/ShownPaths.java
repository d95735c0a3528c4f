package dev.lockstep.cli.files;

import java.nio.file.Files;
import java.nio.file.Path;

/** How paths are shown: relative to the working directory where they are below it, with forward slashes. */
public record ShownPaths(Path workingDirectory) {

    String of(Path path) {
        Path whole = workingDirectory.resolve(path).normalize();
        if (whole.equals(workingDirectory)) {
            return ".";
        }
        return slashed(whole.startsWith(workingDirectory) ? workingDirectory.relativize(whole) : whole);
    }

    /** The repository around a directory; without one the working directory if it is around it, else the directory itself. */
    Path root(Path directory) {
        for (Path at = directory; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return at;
            }
        }
        Path working = Located.of(workingDirectory).real();
        return directory.startsWith(working) ? working : directory;
    }

    public static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }
}
