/** What git knows of applied migrations; the only code that uses JGit. */
@NullMarked
package dev.lockstep.cli.history;

import org.jspecify.annotations.NullMarked;
