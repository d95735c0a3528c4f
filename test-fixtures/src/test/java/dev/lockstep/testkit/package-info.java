/** Tests of the example projects and the odd files. */
@NullMarked
package dev.lockstep.testkit;

import org.jspecify.annotations.NullMarked;
