package dev.lockstep.pgquery;

/** What the parser thread hands back to the caller's thread. */
sealed interface Outcome permits Output, Failure {}
