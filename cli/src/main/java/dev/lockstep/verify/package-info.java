/** Runs migrations on a scratch server as their tool would, and holds what was predicted of each statement against what it did. */
@NullMarked
package dev.lockstep.verify;

import org.jspecify.annotations.NullMarked;
