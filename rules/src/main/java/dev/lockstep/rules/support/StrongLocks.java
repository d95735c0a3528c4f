package dev.lockstep.rules.support;

import dev.lockstep.lock.RelationLock;
import dev.lockstep.rule.StatementContext;
import java.util.stream.Stream;

/** Locks that make readers or writers of tables in use wait. */
public final class StrongLocks {

    private StrongLocks() {}

    /** Those the statement takes. */
    public static Stream<RelationLock> of(StatementContext context) {
        return context.footprint().locks().stream().filter(lock -> makesOthersWait(context, lock));
    }

    /** Whether anybody waits for it; a lock on an index comes with one on its table. */
    public static boolean makesOthersWait(StatementContext context, RelationLock lock) {
        return lock.mode().blocksWrites()
                && context.isInUse(lock.relation())
                && context.before().index(lock.relation()).value().isEmpty();
    }
}
