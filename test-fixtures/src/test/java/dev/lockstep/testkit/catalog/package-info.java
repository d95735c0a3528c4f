/** Holds the replayed catalog against the catalogs of real servers. */
@NullMarked
package dev.lockstep.testkit.catalog;

import org.jspecify.annotations.NullMarked;
