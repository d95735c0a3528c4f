/** Reports in SARIF 2.1.0, to the letter of what GitHub code scanning asks for. */
@NullMarked
package dev.lockstep.sarif;

import org.jspecify.annotations.NullMarked;
