/** The rule SPI: what a rule is asked, what it may look at, and how it reports. */
@NullMarked
package dev.lockstep.rule;

import org.jspecify.annotations.NullMarked;
