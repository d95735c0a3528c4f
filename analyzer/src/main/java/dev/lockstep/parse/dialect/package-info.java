/** SQL of other databases: told by its marks, with what PostgreSQL has in its place. */
@NullMarked
package dev.lockstep.parse.dialect;

import org.jspecify.annotations.NullMarked;
