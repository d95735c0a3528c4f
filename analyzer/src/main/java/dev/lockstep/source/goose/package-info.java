/** goose: files with an Up and a Down half, cut into statements at line ends. */
@NullMarked
package dev.lockstep.source.goose;

import org.jspecify.annotations.NullMarked;
