package dev.lockstep.source;

import java.util.List;

/**
 * What a tool does around the files it runs, as its settings say.
 *
 * @param lock what it keeps open on another connection while a file runs
 * @param grouping which files share a transaction
 * @param late what becomes of a migration that is older than one already applied
 * @param remarks settings that could not be told, one sentence each, for the user
 */
public record ToolFacts(Lock lock, Grouping grouping, Late late, List<String> remarks) {

    /** Of a tool that does nothing around the files. */
    public static final ToolFacts PLAIN = new ToolFacts(Lock.NONE, Grouping.EACH_FILE, Late.UNKNOWN, List.of());

    public ToolFacts {
        remarks = List.copyOf(remarks);
    }

    /** The same of a tool that does this with migrations that come late. */
    public ToolFacts withLate(Late otherwise) {
        return new ToolFacts(lock, grouping, otherwise, remarks);
    }

    /** The same of a tool that groups files so. */
    public ToolFacts withGrouping(Grouping otherwise) {
        return new ToolFacts(lock, otherwise, late, remarks);
    }

    /** How a tool keeps others from migrating at the same time. */
    public enum Lock {
        /** In no way that a statement could wait for. */
        NONE,
        /** By an idle transaction: its settings say so, or are there and leave it at that. */
        TRANSACTION,
        /** By an idle transaction, unless it has settings that are not in sight. */
        TRANSACTION_ASSUMED
    }

    public enum Grouping {
        EACH_FILE,
        /** All that one deploy runs; where some need a transaction and others need none, the tool refuses. */
        WHOLE_DEPLOY,
        /** All that one deploy runs; where some need none, none has one. */
        WHOLE_DEPLOY_MIXED
    }

    /** What becomes of a migration that is older than one already applied. */
    public enum Late {
        REFUSED,
        SKIPPED,
        RUN,
        UNKNOWN
    }
}
