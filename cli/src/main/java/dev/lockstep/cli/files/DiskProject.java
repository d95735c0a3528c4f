package dev.lockstep.cli.files;

import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.text.SourceText;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The files around a directory: those below it are listed, those of its repository can be read. */
public final class DiskProject implements Project {

    private final Path root;
    private final Path named;
    private final String directory;
    private final boolean deep;
    private final ShownPaths shownPaths;
    private final BiConsumer<Path, IOException> unreadable;
    private final Outside outside;
    private final Map<String, Located> listed = new HashMap<>();
    private final List<String> files = new ArrayList<>();
    private final Map<String, Optional<SourceText>> texts = new HashMap<>();
    private final Map<String, Path> places = new HashMap<>();

    /**
     * @param named the directory as the user names it
     * @param below the files in it
     * @param deep whether those in directories below it are listed too
     * @param unreadable is told of files that can't be read
     */
    DiskProject(
            Path named,
            Collection<Located> below,
            boolean deep,
            ShownPaths shownPaths,
            BiConsumer<Path, IOException> unreadable,
            Outside outside) {
        Path real = Located.of(named).real();
        this.named = named;
        this.outside = outside;
        this.root = outside.root(named);
        this.directory = ShownPaths.slashed(root.relativize(real));
        this.deep = deep;
        this.shownPaths = shownPaths;
        this.unreadable = unreadable;
        below.forEach(this::list);
    }

    private void list(Located file) {
        String path = path(file);
        listed.put(path, file);
        files.add(path);
        places.put(shown(path), file.real());
    }

    /** Lets a text stand in for a file, which may be one that is still to come. */
    DiskProject with(Located file, SourceText text) {
        if (!listed.containsKey(path(file))) {
            list(file);
            files.sort(null);
        }
        texts.put(path(file), Optional.of(text));
        return this;
    }

    private String path(Located file) {
        return ProjectPath.in(directory, ShownPaths.slashed(named.relativize(file.path())));
    }

    @Override
    public String directory() {
        return directory;
    }

    public boolean isDeep() {
        return deep;
    }

    @Override
    public List<String> files() {
        return List.copyOf(files);
    }

    @Override
    public boolean has(String path) {
        return listed.containsKey(path) || Files.isRegularFile(root.resolve(path));
    }

    @Override
    public List<String> below(String other) {
        if (deep && (other.equals(directory) || ProjectPath.isBelow(other, directory))) {
            return Project.super.below(other);
        }
        Path place = root.resolve(other);
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        Set<String> found = new TreeSet<>(Project.super.below(other));
        new Folder(unreadable, outside)
                .files(place, true)
                .forEach(file -> found.add(ProjectPath.in(other, ShownPaths.slashed(place.relativize(file.path())))));
        return List.copyOf(found);
    }

    @Override
    public Optional<SourceText> read(String path) {
        return read(path, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<SourceText> read(String path, Charset charset) {
        return texts.computeIfAbsent(path, file -> load(file, charset));
    }

    private Optional<SourceText> load(String path, Charset charset) {
        Path file = onDisk(path);
        if (!listed.containsKey(path) && !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Located located = Located.of(file);
        if (!listed.containsKey(path) && outside.refuses(root, located)) {
            return Optional.empty();
        }
        places.putIfAbsent(shown(path), located.real());
        try {
            return Optional.of(SourceText.decode(shown(path), Files.readAllBytes(file), charset));
        } catch (IOException failed) {
            unreadable.accept(file, failed);
            return Optional.empty();
        }
    }

    private Path onDisk(String path) {
        Located file = listed.get(path);
        return file == null ? root.resolve(path) : file.path();
    }

    @Override
    public String shown(String path) {
        if (path.equals(directory)) {
            return shownPaths.of(named);
        }
        return shownPaths.of(
                ProjectPath.isBelow(path, directory)
                        ? named.resolve(directory.isEmpty() ? path : path.substring(directory.length() + 1))
                        : root.resolve(path));
    }

    /** The real file behind a path, links followed. */
    public Path real(String path) {
        return Located.of(onDisk(path)).real();
    }

    /** Where the files are, by shown path. */
    Map<String, Path> places() {
        return places;
    }

    /** The shown paths of the files that are among {@code reals}, or of all. */
    Set<String> shownOf(Set<Path> reals) {
        Set<String> shown = new HashSet<>();
        places.forEach((path, real) -> {
            if (reals.contains(real)) {
                shown.add(path);
            }
        });
        return shown;
    }
}
