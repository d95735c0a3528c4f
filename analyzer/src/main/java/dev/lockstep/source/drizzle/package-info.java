/** Drizzle: files in the order of a journal, in one transaction. */
@NullMarked
package dev.lockstep.source.drizzle;

import org.jspecify.annotations.NullMarked;
