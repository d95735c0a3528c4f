/** The lock model held against real servers. */
@NullMarked
package dev.lockstep.lock;

import org.jspecify.annotations.NullMarked;
