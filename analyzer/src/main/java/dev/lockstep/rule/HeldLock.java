package dev.lockstep.rule;

import dev.lockstep.lock.RelationLock;
import dev.lockstep.text.Span;

/** A lock that the running transaction holds, and the statement that took it. */
public record HeldLock(RelationLock lock, Span takenBy) {}
