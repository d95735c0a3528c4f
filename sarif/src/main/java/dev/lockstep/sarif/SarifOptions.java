package dev.lockstep.sarif;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What differs from one use of a report to another.
 *
 * @param category tells apart several reports on one commit, such as those of two modules
 * @param path turns the path of a source, as it is shown, into one relative to the repository's root
 */
public record SarifOptions(Optional<String> category, UnaryOperator<String> path) {

    /** No category, and paths that are relative to the repository's root already. */
    public static final SarifOptions DEFAULT = new SarifOptions(Optional.empty(), UnaryOperator.identity());
}
