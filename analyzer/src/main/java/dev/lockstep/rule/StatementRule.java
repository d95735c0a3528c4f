package dev.lockstep.rule;

/** A rule that looks at one statement at a time, with the schema before and after it. */
public non-sealed interface StatementRule extends Rule {

    void check(StatementContext context, Reporter report);
}
