package dev.lockstep.cli.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file that was found.
 *
 * @param path absolute
 * @param real the same with symbolic links followed
 */
record Located(Path path, Path real) {

    static Located of(Path path) {
        try {
            return new Located(path, path.toRealPath());
        } catch (IOException unresolved) {
            return new Located(path, path.normalize());
        }
    }

    static boolean isSql(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".sql");
    }

    boolean isSql() {
        return isSql(path);
    }

    boolean isLink() {
        return !path.normalize().equals(real);
    }
}
