package dev.lockstep.cli.history;

import dev.lockstep.cli.files.DiskProject;
import dev.lockstep.cli.files.Folder;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.text.SourceText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A project as a commit had it. A file that is reached by links today is looked up where they lead. */
public final class GitProject implements Project {

    private final GitHistory git;
    private final DiskProject now;
    private final String prefix;
    private final List<String> files;

    public GitProject(GitHistory git, DiskProject now) {
        this.git = git;
        this.now = now;
        this.prefix = git.pathOf(now.real("")).orElse("");
        this.files = files(git, now);
    }

    private List<String> files(GitHistory git, DiskProject now) {
        NavigableSet<String> paths = new TreeSet<>();
        git.paths().stream()
                .filter(path -> ProjectPath.isBelow(path, prefix))
                .map(path -> prefix.isEmpty() ? path : path.substring(prefix.length() + 1))
                .filter(this::isListed)
                .forEach(paths::add);
        now.files().stream().filter(this::has).forEach(paths::add);
        return List.copyOf(paths);
    }

    private boolean isListed(String path) {
        String directory = now.directory();
        if (!ProjectPath.isBelow(path, directory)) {
            return false;
        }
        String below = ProjectPath.parent(directory.isEmpty() ? path : path.substring(directory.length() + 1));
        return below.isEmpty() || now.isDeep() && Stream.of(below.split("/")).noneMatch(Folder::isSkipped);
    }

    private String inRepository(String path) {
        String own = ProjectPath.in(prefix, path);
        return git.has(own) ? own : git.pathOf(now.real(path)).orElse(own);
    }

    @Override
    public String directory() {
        return now.directory();
    }

    @Override
    public List<String> files() {
        return files;
    }

    @Override
    public boolean has(String path) {
        return git.has(inRepository(path));
    }

    @Override
    public List<String> below(String other) {
        NavigableSet<String> paths = new TreeSet<>();
        git.paths().stream()
                .filter(path -> ProjectPath.isBelow(path, prefix))
                .map(path -> prefix.isEmpty() ? path : path.substring(prefix.length() + 1))
                .filter(path -> ProjectPath.isBelow(path, other))
                .filter(path -> isShown(other.isEmpty() ? path : path.substring(other.length() + 1)))
                .forEach(paths::add);
        now.below(other).stream().filter(this::has).forEach(paths::add);
        return List.copyOf(paths);
    }

    private static boolean isShown(String path) {
        return Stream.of(ProjectPath.parent(path).split("/")).noneMatch(Folder::isSkipped);
    }

    @Override
    public Optional<SourceText> read(String path) {
        return read(path, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<SourceText> read(String path, Charset charset) {
        return git.textOf(inRepository(path), now.shown(path), charset);
    }

    @Override
    public String shown(String path) {
        return now.shown(path);
    }
}
