/** SQLx: files in order of their versions, some with a way back. */
@NullMarked
package dev.lockstep.source.sqlx;

import org.jspecify.annotations.NullMarked;
