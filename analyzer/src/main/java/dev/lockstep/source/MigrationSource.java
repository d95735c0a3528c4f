package dev.lockstep.source;

import java.util.List;
import java.util.Map;

/** One migration tool: which files are its migrations, in which order they run, and how. */
public interface MigrationSource {

    /** The tool's name on the command line. */
    String tool();

    /** What runs the files, as prose says it. */
    String runner();

    /** Whether the files bear this tool's marks. */
    boolean recognises(List<ScriptFile> files);

    /** The migrations among the files, in the order the tool runs them. */
    Migrations read(List<ScriptFile> files);

    /**
     * What a tool makes of a set of files.
     *
     * @param undo by the id of the migration it undoes
     * @param ignored the files that the tool does not run forward, with the reason
     */
    record Migrations(List<Migration> inOrder, Map<String, Migration> undo, List<Ignored> ignored) {
        public Migrations {
            inOrder = List.copyOf(inOrder);
            undo = Map.copyOf(undo);
            ignored = List.copyOf(ignored);
        }

        /** Of a tool without undo scripts. */
        public Migrations(List<Migration> inOrder, List<Ignored> ignored) {
            this(inOrder, Map.of(), ignored);
        }
    }

    /** A file the tool does not run forward. */
    record Ignored(String path, String reason) {}
}
