/** The command line: arguments in, exit code out. */
@NullMarked
package dev.lockstep.cli;

import org.jspecify.annotations.NullMarked;
