package dev.lockstep.rule;

import dev.lockstep.source.TransactionRule;
import java.util.Optional;

/**
 * How a statement is run.
 *
 * @param inBlock whether it stands inside a transaction block
 * @param openedBy who opened it
 * @param fileIsRefused whether the tool will not run this file at all
 * @param refusal why, on the statement the tool stumbles over
 */
public record Transaction(
        boolean inBlock, Opener openedBy, boolean fileIsRefused, Optional<TransactionRule.Refusal> refusal) {

    public enum Opener {
        NOBODY,
        /** BEGIN in the file. */
        FILE,
        /** The migration tool. */
        TOOL,
        /** Nobody: code always runs in a transaction, that of the statement that runs it. */
        CODE,
        /** PostgreSQL, because the tool sends several statements in one string. */
        STRING
    }
}
