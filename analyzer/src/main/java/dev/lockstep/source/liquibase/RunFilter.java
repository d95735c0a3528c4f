package dev.lockstep.source.liquibase;

import java.util.List;

/** Which contexts and labels an update is run with. */
@FunctionalInterface
interface RunFilter {

    /** With none: everything runs. */
    RunFilter ALL = (contexts, labels) -> true;

    /**
     * Whether a changeset runs.
     *
     * @param contexts the expressions on it and on all that includes it
     * @param labels the lists of labels, likewise
     */
    boolean admits(List<String> contexts, List<String> labels);
}
