package dev.lockstep.sql;

import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/** Statements about sequences, extensions, replication, privileges, and every kind of object that is judged by its kind alone. */
public sealed interface ObjectStatement extends Statement.Grouped {

    /** The column that a sequence belongs to; without a table it is {@code OWNED BY NONE}. */
    record SequenceOwner(Optional<ObjectName> table, String column) {}

    record CreateSequence(
            ObjectName sequence,
            Statement.Persistence persistence,
            boolean ifNotExists,
            Optional<SequenceOwner> ownedBy,
            List<Option> options,
            Span span)
            implements ObjectStatement {
        public CreateSequence {
            options = List.copyOf(options);
        }
    }

    record AlterSequence(
            ObjectName sequence, boolean ifExists, Optional<SequenceOwner> ownedBy, List<Option> options, Span span)
            implements ObjectStatement {
        public AlterSequence {
            options = List.copyOf(options);
        }
    }

    record CreateExtension(
            String extension, boolean ifNotExists, Optional<String> schema, Optional<String> version, Span span)
            implements ObjectStatement {}

    /** Tables and schemas of a CREATE PUBLICATION or ALTER PUBLICATION. */
    record Publication(
            boolean create,
            Identifier name,
            Action action,
            boolean allTables,
            List<ObjectName> tables,
            List<String> schemas,
            List<Option> options,
            Span span)
            implements ObjectStatement {
        public enum Action {
            ADD,
            SET,
            DROP,
            OPTIONS
        }

        public Publication {
            tables = List.copyOf(tables);
            schemas = List.copyOf(schemas);
            options = List.copyOf(options);
        }
    }

    /** CREATE SUBSCRIPTION and ALTER SUBSCRIPTION. */
    record Subscription(Action action, Identifier name, List<String> publications, List<Option> options, Span span)
            implements ObjectStatement {
        public enum Action {
            CREATE,
            OPTIONS,
            CONNECTION,
            SET_PUBLICATION,
            ADD_PUBLICATION,
            DROP_PUBLICATION,
            REFRESH,
            ENABLE_OR_DISABLE,
            SKIP
        }

        public Subscription {
            publications = List.copyOf(publications);
            options = List.copyOf(options);
        }
    }

    /**
     * GRANT and REVOKE, of roles too.
     *
     * @param grant whether it grants
     * @param objects roles when {@code kind} is ROLE; schemas when {@code allInSchemas}
     * @param privileges in lower case; empty for ALL
     * @param grantees the pseudo-role PUBLIC is {@code public}
     */
    record Grant(
            boolean grant,
            ObjectKind kind,
            List<ObjectName> objects,
            boolean allInSchemas,
            List<String> privileges,
            List<String> grantees,
            boolean grantOption,
            Span span)
            implements ObjectStatement {
        public Grant {
            objects = List.copyOf(objects);
            privileges = List.copyOf(privileges);
            grantees = List.copyOf(grantees);
        }
    }

    /** ALTER DEFAULT PRIVILEGES: the grant it makes for objects to come. */
    record DefaultPrivileges(
            List<String> schemas,
            boolean grant,
            ObjectKind kind,
            List<String> privileges,
            List<String> grantees,
            Span span)
            implements ObjectStatement {
        public DefaultPrivileges {
            schemas = List.copyOf(schemas);
            privileges = List.copyOf(privileges);
            grantees = List.copyOf(grantees);
        }
    }

    /** COMMENT and SECURITY LABEL; {@code part} is the column, constraint, trigger, rule or policy of {@code object}. */
    record Comment(
            boolean securityLabel,
            ObjectKind kind,
            ObjectName object,
            Optional<String> part,
            Optional<String> text,
            Span span)
            implements ObjectStatement {}

    record AlterOwner(ObjectKind kind, ObjectName object, String role, Span span) implements ObjectStatement {}

    /** Any other CREATE; what it makes has no bearing on tables. */
    record CreateObject(ObjectKind kind, ObjectName object, boolean ifNotExists, Span span)
            implements ObjectStatement {}

    /** Any other ALTER. */
    record AlterObject(ObjectKind kind, ObjectName object, Span span) implements ObjectStatement {}

    record ImportForeignSchema(
            String server, String remoteSchema, String localSchema, Limit limit, List<ObjectName> tables, Span span)
            implements ObjectStatement {
        public enum Limit {
            ALL,
            LIMIT_TO,
            EXCEPT
        }

        public ImportForeignSchema {
            tables = List.copyOf(tables);
        }
    }

    /** {@code DROP OWNED BY}, and {@code REASSIGN OWNED BY} when {@code newRole} is present. */
    record Owned(List<String> roles, Optional<String> newRole, boolean cascade, Span span) implements ObjectStatement {
        public Owned {
            roles = List.copyOf(roles);
        }
    }

    /** {@code ALTER TABLE ALL IN TABLESPACE}, and its like for indexes and materialized views. */
    record MoveTablespace(ObjectKind kind, String from, String to, boolean nowait, Span span)
            implements ObjectStatement {}
}
