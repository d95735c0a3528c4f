/** Sqitch: scripts in the order of a plan, run by psql. */
@NullMarked
package dev.lockstep.source.sqitch;

import org.jspecify.annotations.NullMarked;
