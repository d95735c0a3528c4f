/** Plain SQL files, run by psql in natural order. */
@NullMarked
package dev.lockstep.source.plain;

import org.jspecify.annotations.NullMarked;
