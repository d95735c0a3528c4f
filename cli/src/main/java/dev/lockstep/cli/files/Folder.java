package dev.lockstep.cli.files;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Lists the files in a directory. */
public final class Folder {

    /** What builds and package managers put copies of migrations in. */
    private static final Set<String> SKIPPED = Set.of("node_modules", "target", "build", "out");

    private final BiConsumer<Path, IOException> unreadable;
    private final Outside outside;

    /** @param unreadable is told of what could not be entered or followed */
    Folder(BiConsumer<Path, IOException> unreadable, Outside outside) {
        this.unreadable = unreadable;
        this.outside = outside;
    }

    /** Whether a directory of this name is passed over below the one asked about. */
    public static boolean isSkipped(String name) {
        return name.startsWith(".") || SKIPPED.contains(name);
    }

    /** The files, each once, in order of their paths. */
    List<Located> files(Path directory, boolean recursive) {
        List<Located> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    directory,
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    recursive ? Integer.MAX_VALUE : 1,
                    new Visitor(directory, found));
        } catch (IOException failed) {
            unreadable.accept(directory, failed);
        }
        return eachOnce(found);
    }

    /** Of several names of one file its own comes before links to it. */
    static List<Located> eachOnce(List<Located> files) {
        Map<Path, Located> byRealPath = new LinkedHashMap<>();
        files.stream()
                .sorted(Comparator.comparing(Located::isLink).thenComparing(Located::path))
                .forEach(file -> byRealPath.putIfAbsent(file.real(), file));
        return byRealPath.values().stream()
                .sorted(Comparator.comparing(Located::path))
                .toList();
    }

    private final class Visitor extends SimpleFileVisitor<Path> {

        private final Path root;
        private final List<Located> found;

        Visitor(Path root, List<Located> found) {
            this.root = root;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            String name = String.valueOf(directory.getFileName());
            boolean skip = !directory.equals(root) && (isSkipped(name) || outside.refuses(root, Located.of(directory)));
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Located located = Located.of(file);
            if (!attributes.isDirectory() && !outside.refuses(root, located)) {
                found.add(located);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failed) {
            boolean linkUpwards = failed instanceof FileSystemLoopException;
            boolean matters = Files.isDirectory(file) || Located.isSql(file) || file.equals(root);
            if (matters && !linkUpwards) {
                unreadable.accept(file, failed);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
