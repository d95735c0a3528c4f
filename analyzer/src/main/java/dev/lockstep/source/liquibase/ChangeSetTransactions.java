package dev.lockstep.source.liquibase;

import dev.lockstep.source.TransactionRule;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/**
 * How Liquibase runs a changeset: in one transaction, or statement by statement if it says {@code runInTransaction="false"}.
 *
 * @param oneCall whether all of it goes to the server as one string, which is one transaction by itself
 * @param cuts where Liquibase cuts a dollar-quoted body in two, in the changeset's text
 */
public record ChangeSetTransactions(boolean runInTransaction, boolean oneCall, List<Span> cuts)
        implements TransactionRule {

    /** No statement of the changeset: the refusal is of the whole. */
    private static final int NO_STATEMENT = -1;

    private static final Refusal CUT =
            new Refusal(NO_STATEMENT, "it cuts a dollar-quoted body at a semicolon, and PostgreSQL refuses the pieces");

    public ChangeSetTransactions {
        cuts = List.copyOf(cuts);
    }

    @Override
    public FileTransaction decide(List<String> statements) {
        boolean one = runInTransaction || oneCall && statements.size() > 1;
        return new FileTransaction(
                one ? Mode.ONE_TRANSACTION : Mode.AUTOCOMMIT, cuts.isEmpty() ? Optional.empty() : Optional.of(CUT));
    }
}
