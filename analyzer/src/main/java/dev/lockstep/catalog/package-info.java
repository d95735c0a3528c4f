/** The schema a migration history builds up, replayed statement by statement. */
@NullMarked
package dev.lockstep.catalog;

import org.jspecify.annotations.NullMarked;
