/** Scripts into statements: lexing, splitting, and recovery per statement. */
@NullMarked
package dev.lockstep.parse;

import org.jspecify.annotations.NullMarked;
