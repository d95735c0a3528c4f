package dev.lockstep.cli;

import dev.lockstep.cli.files.MigrationFinder;
import dev.lockstep.cli.files.Request;
import dev.lockstep.cli.files.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * What a command talks to.
 *
 * @param out reports, and help that was asked for
 * @param err everything else
 */
record Console(InputStream in, PrintStream out, PrintStream err, Environment environment) {

    void say(String line) {
        err.println("lockstep: " + line);
    }

    /** The migrations that a command was asked about; says what could not be looked at, and what was passed over. */
    Selection find(Request request) throws IOException {
        Selection selection = new MigrationFinder(environment.directory(), in, request).find();
        selection.problems().forEach(this::say);
        selection.passedOver().forEach(this::say);
        return selection;
    }
}
