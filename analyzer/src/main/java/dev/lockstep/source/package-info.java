/** Migrations as their tool sees them: order, kind, and how each file is run. */
@NullMarked
package dev.lockstep.source;

import org.jspecify.annotations.NullMarked;
