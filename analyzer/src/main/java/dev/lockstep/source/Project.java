package dev.lockstep.source;

import dev.lockstep.text.SourceText;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;

/**
 * The files that a history is looked for among. Paths are relative to a root that includes and settings can't leave, with forward slashes;
 * the root itself is the empty path.
 */
public interface Project {

    /** The directory that was asked about. */
    String directory();

    /** The files below {@link #directory()}, in order of their paths, without hidden directories and what builds make. */
    List<String> files();

    /** Whether there is such a file, anywhere below the root. */
    boolean has(String path);

    /** Reads a file anywhere below the root; empty if there is none or it can't be read, which the project tells the user. */
    Optional<SourceText> read(String path);

    /** Reads a file whose bytes are known to be in a charset. */
    default Optional<SourceText> read(String path, Charset charset) {
        return read(path);
    }

    /** The files below a directory that may lie outside {@link #directory()}, in order, without hidden directories and what builds make. */
    default List<String> below(String other) {
        return files().stream().filter(file -> ProjectPath.isBelow(file, other)).toList();
    }

    /** How the user is shown a path. */
    String shown(String path);

    /** The nearest file of this name beside or above the directory asked about, up to the root. */
    default Optional<String> above(String name) {
        return above(directory(), name);
    }

    /** The nearest file of this name in a directory or above it, up to the root. */
    default Optional<String> above(String directory, String name) {
        String at = directory;
        while (true) {
            String path = ProjectPath.in(at, name);
            if (has(path)) {
                return Optional.of(path);
            }
            if (at.isEmpty()) {
                return Optional.empty();
            }
            at = ProjectPath.parent(at);
        }
    }
}
