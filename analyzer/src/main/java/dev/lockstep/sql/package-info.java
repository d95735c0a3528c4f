/** The statement model: what a migration says, as immutable records with precise spans. */
@NullMarked
package dev.lockstep.sql;

import org.jspecify.annotations.NullMarked;
