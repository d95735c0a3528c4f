package dev.lockstep.cli.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Keeps links from leading out of the repository. */
final class Outside {

    private final ShownPaths shownPaths;
    private final boolean follow;
    private final Consumer<Path> refused;
    private final Map<Path, Path> roots = new HashMap<>();

    /** @param refused is told of what was not followed and would have mattered */
    Outside(ShownPaths shownPaths, boolean follow, Consumer<Path> refused) {
        this.shownPaths = shownPaths;
        this.follow = follow;
        this.refused = refused;
    }

    /** What paths can't leave that start in a directory. */
    Path root(Path directory) {
        Path real = Located.of(directory).real();
        return roots.computeIfAbsent(real, start -> {
            Path whole = start.getRoot();
            return follow && whole != null ? whole : shownPaths.root(start);
        });
    }

    /** Whether a file found below a directory is not to be looked at, because a link led to it. */
    boolean refuses(Path directory, Located file) {
        if (follow || file.real().startsWith(root(directory))) {
            return false;
        }
        if (file.isSql() || Files.isDirectory(file.path())) {
            refused.accept(file.path());
        }
        return true;
    }
}
