/** From the arguments to migration histories: which files, which tool, which of them are judged. */
@NullMarked
package dev.lockstep.cli.files;

import org.jspecify.annotations.NullMarked;
