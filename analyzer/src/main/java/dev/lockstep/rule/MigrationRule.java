package dev.lockstep.rule;

/** A rule that looks at a whole migration: its text, its place in the history. */
public non-sealed interface MigrationRule extends Rule {

    void check(MigrationContext context, Reporter report);
}
