/** Diesel: a directory with up.sql and down.sql a migration. */
@NullMarked
package dev.lockstep.source.diesel;

import org.jspecify.annotations.NullMarked;
