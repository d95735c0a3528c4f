package dev.lockstep.sql;

import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Statements that make or change what hangs on a table under a name of its own: triggers, rules, policies, statistics. */
public sealed interface AttachedStatement extends Statement.Grouped {

    ObjectName table();

    enum Event {
        INSERT,
        UPDATE,
        DELETE,
        TRUNCATE,
        SELECT
    }

    /** {@code columns} are those of UPDATE OF; {@code from} the other table of a constraint trigger. */
    record CreateTrigger(
            Identifier name,
            ObjectName table,
            boolean orReplace,
            Timing timing,
            Set<Event> events,
            List<String> columns,
            boolean forEachRow,
            Optional<Expression> when,
            ObjectName function,
            boolean constraint,
            Constraint.Deferral deferral,
            Optional<ObjectName> from,
            Span head,
            Span span)
            implements AttachedStatement {
        public enum Timing {
            BEFORE,
            AFTER,
            INSTEAD_OF
        }

        public CreateTrigger {
            events = Set.copyOf(events);
            columns = List.copyOf(columns);
        }
    }

    record CreateRule(
            Identifier name, ObjectName table, boolean orReplace, Event event, boolean instead, Span head, Span span)
            implements AttachedStatement {}

    /** {@code command} is absent for ALL; the pseudo-role PUBLIC is {@code public}. */
    record CreatePolicy(
            Identifier name,
            ObjectName table,
            Optional<Event> command,
            boolean permissive,
            List<String> roles,
            Optional<Expression> using,
            Optional<Expression> withCheck,
            Span head,
            Span span)
            implements AttachedStatement {
        public CreatePolicy {
            roles = List.copyOf(roles);
        }
    }

    record AlterPolicy(
            Identifier name,
            ObjectName table,
            List<String> roles,
            Optional<Expression> using,
            Optional<Expression> withCheck,
            Span span)
            implements AttachedStatement {
        public AlterPolicy {
            roles = List.copyOf(roles);
        }
    }

    /** CREATE STATISTICS; the name is absent when PostgreSQL is to make one up. */
    record CreateStatistics(
            Optional<ObjectName> name,
            ObjectName table,
            boolean ifNotExists,
            List<String> kinds,
            List<Statement.IndexKey> keys,
            Span span)
            implements AttachedStatement {
        public CreateStatistics {
            kinds = List.copyOf(kinds);
            keys = List.copyOf(keys);
        }
    }
}
