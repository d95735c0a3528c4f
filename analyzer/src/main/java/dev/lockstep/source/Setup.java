package dev.lockstep.source;

import java.util.Optional;

/**
 * Where a tool keeps its migrations.
 *
 * @param directory in the project
 * @param evidence the file in the project that says so, if it is not the migrations' own names
 */
public record Setup(String directory, Optional<String> evidence) {

    public static Setup in(String directory) {
        return new Setup(directory, Optional.empty());
    }
}
