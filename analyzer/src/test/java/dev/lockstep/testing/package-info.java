/** What the analyzer's tests share. */
@NullMarked
package dev.lockstep.testing;

import org.jspecify.annotations.NullMarked;
