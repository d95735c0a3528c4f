/** The built-in rules: one class and one page each, side by side. */
@NullMarked
package dev.lockstep.rules;

import org.jspecify.annotations.NullMarked;
