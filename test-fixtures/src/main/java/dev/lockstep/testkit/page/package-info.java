/** Rule pages as tests: their SQL blocks are analysed, and run on real servers. */
@NullMarked
package dev.lockstep.testkit.page;

import org.jspecify.annotations.NullMarked;
