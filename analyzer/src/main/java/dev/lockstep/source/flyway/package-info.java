/** Flyway's naming, order and transaction rules. */
@NullMarked
package dev.lockstep.source.flyway;

import org.jspecify.annotations.NullMarked;
