package dev.lockstep.cli.files;

import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.MigrationSources;
import dev.lockstep.source.plain.PlainSource;
import java.util.List;
import java.util.Optional;

/**
 * What is to be linted.
 *
 * @param paths files, directories, or {@code -} for standard input
 * @param tool the migration tool; empty: whichever the file names tell of
 * @param singleTransaction whether psql runs each plain file in one transaction
 * @param followOutside whether links and includes may lead out of the repository
 * @param stdinName the file that standard input stands in for
 */
public record Request(
        List<String> paths,
        Optional<MigrationSource> tool,
        boolean singleTransaction,
        boolean followOutside,
        Optional<String> stdinName) {

    public static final String STDIN = "-";

    public Request {
        paths = List.copyOf(paths);
    }

    /** What files without any tool's marks are taken for. */
    PlainSource plain() {
        return singleTransaction ? new PlainSource(true) : MigrationSources.PLAIN;
    }
}
