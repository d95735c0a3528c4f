/** Words for the user: errors that are theirs to mend, and text made safe and fit for a terminal. */
@NullMarked
package dev.lockstep.cli.user;

import org.jspecify.annotations.NullMarked;
