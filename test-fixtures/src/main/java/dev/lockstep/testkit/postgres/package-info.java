/** Real PostgreSQL servers for tests, and what a statement locks, scans and rewrites on them. */
@NullMarked
package dev.lockstep.testkit.postgres;

import org.jspecify.annotations.NullMarked;
