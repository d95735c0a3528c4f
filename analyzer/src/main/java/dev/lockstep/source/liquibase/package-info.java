/**
 * Liquibase: our own reader of changelogs, which knows where everything stands, and Liquibase itself for the SQL of what a changelog only
 * describes. Liquibase is asked in {@code Generator} alone, and loaded when there is a changelog that needs it.
 */
@NullMarked
package dev.lockstep.source.liquibase;

import org.jspecify.annotations.NullMarked;
