/** Refinery: files named as Flyway's, in a Rust project. */
@NullMarked
package dev.lockstep.source.refinery;

import org.jspecify.annotations.NullMarked;
