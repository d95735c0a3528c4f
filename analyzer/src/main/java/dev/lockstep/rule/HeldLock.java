package dev.lockstep.rule;

import dev.lockstep.lock.RelationLock;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;

/**
 * A lock that the running transaction holds, and the statement that took it.
 *
 * @param source where the statement stands: an earlier file, when a tool runs several in one transaction
 */
public record HeldLock(RelationLock lock, SourceText source, Span takenBy) {}
