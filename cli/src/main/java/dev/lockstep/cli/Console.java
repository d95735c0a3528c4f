package dev.lockstep.cli;

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
}
