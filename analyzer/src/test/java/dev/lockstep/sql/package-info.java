/** Tests of the statement model. */
@NullMarked
package dev.lockstep.sql;

import org.jspecify.annotations.NullMarked;
