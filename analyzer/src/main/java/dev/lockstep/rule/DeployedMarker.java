package dev.lockstep.rule;

import dev.lockstep.text.Span;

/** A {@code -- lockstep:deployed REASON} comment; the reason may be empty, which is a finding of its own. */
public record DeployedMarker(String reason, Span span) {}
