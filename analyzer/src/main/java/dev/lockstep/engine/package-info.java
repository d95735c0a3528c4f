/** Runs rules over a migration history: parse, replay, judge. */
@NullMarked
package dev.lockstep.engine;

import org.jspecify.annotations.NullMarked;
