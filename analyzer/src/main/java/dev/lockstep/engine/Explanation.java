package dev.lockstep.engine;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.lock.Footprint;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.rule.HeldLock;
import dev.lockstep.rule.Transaction.Opener;
import dev.lockstep.source.Migration;
import dev.lockstep.source.TransactionRule.Refusal;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one migration does to a running database, transaction by transaction.
 *
 * @param refusal why the tool will not run the file at all
 */
public record Explanation(
        Migration migration, ParsedScript script, Optional<Refusal> refusal, List<ExplainedTransaction> transactions) {

    public Explanation {
        transactions = List.copyOf(transactions);
    }

    /**
     * Statements that commit together; each lock is held until the end.
     *
     * @param joins whether it is the transaction of the file before, which goes on
     */
    public record ExplainedTransaction(Opener openedBy, boolean joins, List<ExplainedStatement> statements, End end) {
        public ExplainedTransaction {
            statements = List.copyOf(statements);
        }
    }

    /** How a transaction ends, and with it every lock. */
    public enum End {
        /** Each statement is a transaction of its own. */
        STATEMENT,
        /** COMMIT in the file. */
        COMMIT,
        /** ROLLBACK in the file. */
        ROLLBACK,
        /** The tool commits after the last statement. */
        FILE,
        /** PostgreSQL commits what was sent in one string. */
        STRING,
        /** It goes on in the next file: the tool runs all migrations of a deploy in one. */
        NEXT_FILE,
        /** Nothing commits it: the connection closes, and all is undone. */
        DISCONNECT
    }

    /**
     * A statement.
     *
     * @param footprint what it does by itself
     * @param unseen those of its relations that this transaction made: nobody else sees them, so nobody waits
     * @param held the locks on other relations that earlier statements of the transaction took, strongest per relation; they are held while this one works
     */
    public record ExplainedStatement(Span span, Footprint footprint, Set<QualifiedName> unseen, List<HeldLock> held) {
        public ExplainedStatement {
            unseen = Set.copyOf(unseen);
            held = List.copyOf(held);
        }

        /** The locks held from before that make readers or writers wait while this statement does work that grows with a table. */
        public List<HeldLock> heldDuringWork() {
            boolean works =
                    footprint.locks().stream().anyMatch(lock -> lock.work().growsWithTable());
            return works
                    ? held.stream()
                            .filter(lock -> lock.lock().mode().blocksWrites())
                            .toList()
                    : List.of();
        }
    }
}
