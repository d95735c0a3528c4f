/** The report formats. */
@NullMarked
package dev.lockstep.cli.report;

import org.jspecify.annotations.NullMarked;
