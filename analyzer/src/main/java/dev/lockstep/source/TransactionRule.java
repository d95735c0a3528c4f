package dev.lockstep.source;

import java.util.List;
import java.util.Optional;

/** How a tool runs the statements of one file. */
@FunctionalInterface
public interface TransactionRule {

    TransactionRule AUTOCOMMIT = statements -> new FileTransaction(Mode.AUTOCOMMIT, Optional.empty());

    TransactionRule ONE_TRANSACTION = statements -> new FileTransaction(Mode.ONE_TRANSACTION, Optional.empty());

    /** Decides for a file with these statements, given as written. */
    FileTransaction decide(List<String> statements);

    enum Mode {
        /** The tool opens a transaction, runs the file, commits; a COMMIT in the file only splits it in two. */
        ONE_TRANSACTION,
        /** Each statement commits by itself unless the file says BEGIN. */
        AUTOCOMMIT
    }

    /**
     * The decision.
     *
     * @param refusal why the tool will not run the file at all
     */
    record FileTransaction(Mode mode, Optional<Refusal> refusal) {}

    /**
     * A tool's refusal.
     *
     * @param statement the index of the statement it stumbles over
     * @param reason in the tool's words
     */
    record Refusal(int statement, String reason) {}
}
