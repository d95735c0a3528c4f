package dev.lockstep.sql;

import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Upkeep of tables, explicit locks, and statements about the session. */
public sealed interface SessionStatement extends Statement.Grouped {

    record RefreshMaterializedView(ObjectName view, boolean concurrently, boolean withData, Span head, Span span)
            implements SessionStatement {}

    /** CLUSTER; without a table, all that were clustered before. */
    record Cluster(Optional<ObjectName> table, Optional<String> index, Span span) implements SessionStatement {}

    /**
     * LOCK TABLE.
     *
     * @param only those of the tables named with ONLY
     * @param mode as SQL spells it: {@code ACCESS EXCLUSIVE}
     */
    record LockTable(List<ObjectName> tables, Set<ObjectName> only, String mode, boolean nowait, Span span)
            implements SessionStatement {
        public LockTable {
            tables = List.copyOf(tables);
            only = Set.copyOf(only);
        }
    }

    record Explain(boolean analyze, Statement statement, Span span) implements SessionStatement {}

    record Prepare(String name, Statement statement, Span span) implements SessionStatement {}

    record Execute(String name, Span span) implements SessionStatement {}

    record DeclareCursor(String name, boolean withHold, Query query, Span span) implements SessionStatement {}

    /** SET CONSTRAINTS; no names means ALL. */
    record SetConstraints(List<ObjectName> constraints, boolean deferred, Span span) implements SessionStatement {
        public SetConstraints {
            constraints = List.copyOf(constraints);
        }
    }

    /** A statement that touches the session alone; {@code name} is the prepared statement, cursor, channel, parameter or file. */
    record Session(Kind kind, Optional<String> name, Span span) implements SessionStatement {
        public enum Kind {
            DISCARD_ALL,
            DISCARD_PLANS,
            DISCARD_SEQUENCES,
            DISCARD_TEMP,
            DEALLOCATE,
            LISTEN,
            UNLISTEN,
            NOTIFY,
            FETCH,
            MOVE,
            CLOSE,
            SHOW,
            LOAD,
            CHECKPOINT
        }
    }
}
