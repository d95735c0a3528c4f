package dev.lockstep.rule;

/** Takes what a rule found. */
@FunctionalInterface
public interface Reporter {

    void report(Hit hit);
}
