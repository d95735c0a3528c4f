/** {@code lockstep.yml}: found, read with line numbers, and checked to the last key. */
@NullMarked
package dev.lockstep.cli.config;

import org.jspecify.annotations.NullMarked;
