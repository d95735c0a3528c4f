/** Example projects and odd input files for the tests of every module. */
@NullMarked
package dev.lockstep.testkit;

import org.jspecify.annotations.NullMarked;
