package dev.lockstep.rule;

import dev.lockstep.text.SourceText;
import java.util.List;

/** The locks of one transaction that make readers or writers of tables in use wait, in the order they were first taken. */
public record TransactionLocks(SourceText source, List<HeldLock> taken) {
    public TransactionLocks {
        taken = List.copyOf(taken);
    }
}
