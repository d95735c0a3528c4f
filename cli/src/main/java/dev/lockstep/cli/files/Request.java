package dev.lockstep.cli.files;

import dev.lockstep.source.MigrationSource;
import java.util.List;
import java.util.Optional;

/**
 * What is to be linted.
 *
 * @param paths files, directories, or {@code -} for standard input
 * @param tool the migration tool; empty: whichever the file names tell of
 * @param stdinName the file that standard input stands in for
 */
public record Request(List<String> paths, Optional<MigrationSource> tool, Optional<String> stdinName) {

    public static final String STDIN = "-";

    public Request {
        paths = List.copyOf(paths);
    }
}
