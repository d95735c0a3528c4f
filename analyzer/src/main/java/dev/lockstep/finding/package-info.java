/** Findings: what a rule reported, with severity, place and fingerprint. */
@NullMarked
package dev.lockstep.finding;

import org.jspecify.annotations.NullMarked;
