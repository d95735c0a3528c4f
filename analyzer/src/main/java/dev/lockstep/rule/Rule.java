package dev.lockstep.rule;

/** A stateless question about migrations, safe to ask from many threads. Its page is a Markdown resource beside its class. */
public sealed interface Rule permits StatementRule, MigrationRule, HistoryRule {

    RuleInfo info();
}
