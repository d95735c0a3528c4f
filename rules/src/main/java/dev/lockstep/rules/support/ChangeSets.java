package dev.lockstep.rules.support;

import dev.lockstep.rule.MigrationContext;
import dev.lockstep.source.liquibase.ChangeSetTransactions;
import dev.lockstep.sql.Statement;
import java.util.Optional;

/** What is peculiar to Liquibase's changesets. */
public final class ChangeSets {

    private ChangeSets() {}

    /** How the migration is run, if it is a changeset. */
    public static Optional<ChangeSetTransactions> transactions(MigrationContext context) {
        return context.migration().transactions() instanceof ChangeSetTransactions transactions
                ? Optional.of(transactions)
                : Optional.empty();
    }

    /** Whether Liquibase wrote the statement for a change, rather than a person as SQL. */
    public static boolean isWrittenByTool(Statement statement, MigrationContext context) {
        return transactions(context).isPresent() && !context.script().source().isVerbatim(statement.span());
    }
}
