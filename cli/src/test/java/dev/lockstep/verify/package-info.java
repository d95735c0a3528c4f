/** Tests of verification, on real servers. */
@NullMarked
package dev.lockstep.verify;

import org.jspecify.annotations.NullMarked;
