/** What several rules ask. */
@NullMarked
package dev.lockstep.rules.support;

import org.jspecify.annotations.NullMarked;
