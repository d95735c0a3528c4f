/** Hasura: a directory with up.sql and down.sql a migration, one directory a database. */
@NullMarked
package dev.lockstep.source.hasura;

import org.jspecify.annotations.NullMarked;
