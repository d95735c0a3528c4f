/** Watches statements run on a real server: what they lock, scan, rewrite and write there, and how they fail. */
@NullMarked
package dev.lockstep.observe;

import org.jspecify.annotations.NullMarked;
