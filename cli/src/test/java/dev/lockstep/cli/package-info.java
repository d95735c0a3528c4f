/** Tests of the command line, through its entry point. */
@NullMarked
package dev.lockstep.cli;

import org.jspecify.annotations.NullMarked;
