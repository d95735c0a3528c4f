package dev.lockstep.source;

import java.util.List;
import java.util.Optional;

/** One migration tool: which files are its migrations, in which order they run, and how. Stateless. */
public interface MigrationSource {

    /** The tool's name on the command line. */
    String tool();

    /** What runs the files, as prose says it. */
    String runner();

    /** Where the project bears this tool's marks below the directory asked about; each place is a history of its own. */
    List<Setup> find(Project project);

    /** What is taken for this tool's place when the user says it is this tool and nothing bears its marks. */
    default Setup assumed(Project project) {
        return Setup.in(project.directory());
    }

    /** The migrations of a place, in the order the tool runs them. */
    Migrations read(Project project, Setup setup);

    /**
     * The directory whose migrations run together with a file, where the tool's layout tells; asked before anything is listed, so that it
     * may look at names only.
     */
    default Optional<String> home(String file, Project project) {
        return Optional.empty();
    }
}
