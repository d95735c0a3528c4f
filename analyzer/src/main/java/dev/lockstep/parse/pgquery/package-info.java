/** The raw libpg_query parse tree and its mapping onto the statement model; nobody else sees the tree. */
@NullMarked
package dev.lockstep.parse.pgquery;

import org.jspecify.annotations.NullMarked;
