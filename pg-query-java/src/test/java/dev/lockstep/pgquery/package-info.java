/** PostgreSQL's own parser on the JVM: SQL text in, parse tree, tokens or errors out. */
@NullMarked
package dev.lockstep.pgquery;

import org.jspecify.annotations.NullMarked;
