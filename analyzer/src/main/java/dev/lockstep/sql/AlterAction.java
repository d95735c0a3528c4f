package dev.lockstep.sql;

import dev.lockstep.sql.ColumnDefinition.Identity;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/**
 * One action of an ALTER TABLE, INDEX, VIEW, SEQUENCE, FOREIGN TABLE or of a composite TYPE (whose attributes are columns here); the span
 * covers the action from keyword to last token.
 */
public sealed interface AlterAction {

    Span span();

    /** An action on a column that is there, by its name. */
    sealed interface OnColumn extends AlterAction {

        String column();
    }

    /** {@code cascade} is of an attribute: to the tables of the type. */
    record AddColumn(ColumnDefinition column, boolean ifNotExists, boolean cascade, Span span) implements AlterAction {}

    record DropColumn(String column, boolean ifExists, boolean cascade, Span span) implements OnColumn {}

    /** {@code cascade} is of an attribute: to the tables of the type. */
    record AlterColumnType(
            String column,
            TypeName type,
            Optional<String> collation,
            Optional<Expression> using,
            boolean cascade,
            Span span)
            implements OnColumn {}

    record SetDefault(String column, Expression expression, Span span) implements OnColumn {}

    record DropDefault(String column, Span span) implements OnColumn {}

    record SetNotNull(String column, Span span) implements OnColumn {}

    record DropNotNull(String column, Span span) implements OnColumn {}

    /** {@code SET EXPRESSION AS (…)} of a generated column. */
    record SetExpression(String column, Expression expression, Span span) implements OnColumn {}

    record DropExpression(String column, boolean ifExists, Span span) implements OnColumn {}

    record AddIdentity(String column, Identity identity, Span span) implements OnColumn {}

    /** {@code SET GENERATED …} and {@code SET} of sequence options; {@code always} is absent when only options are set. */
    record SetIdentity(String column, Optional<Boolean> always, List<Option> options, Span span) implements OnColumn {
        public SetIdentity {
            options = List.copyOf(options);
        }
    }

    record DropIdentity(String column, boolean ifExists, Span span) implements OnColumn {}

    /** A setting of a column that stored rows do not depend on; an index's column is named by its number. */
    record ColumnSetting(Kind kind, String column, List<Option> options, Span span) implements AlterAction {
        public enum Kind {
            STATISTICS,
            STORAGE,
            COMPRESSION,
            SET_OPTIONS,
            RESET_OPTIONS,
            FOREIGN_OPTIONS
        }

        public ColumnSetting {
            options = List.copyOf(options);
        }
    }

    record AddConstraint(Constraint constraint, Span span) implements AlterAction {}

    record DropConstraint(String name, boolean ifExists, boolean cascade, Span span) implements AlterAction {}

    record ValidateConstraint(String name, Span span) implements AlterAction {}

    /** {@code ALTER CONSTRAINT}; each fact is absent when the action leaves it as it is. */
    record AlterConstraint(
            String name,
            Optional<Constraint.Deferral> deferral,
            Optional<Boolean> enforced,
            Optional<Boolean> noInherit,
            Span span)
            implements AlterAction {}

    /** {@code ATTACH PARTITION} of a table (with its bound) or of an index (without). */
    record AttachPartition(ObjectName partition, Optional<PartitionBound> bound, Span span) implements AlterAction {
        public boolean isDefault() {
            return bound.filter(PartitionBound.Default.class::isInstance).isPresent();
        }
    }

    record DetachPartition(ObjectName partition, Mode mode, Span span) implements AlterAction {
        public enum Mode {
            PLAIN,
            CONCURRENTLY,
            FINALIZE
        }
    }

    record Inherit(ObjectName parent, Span span) implements AlterAction {}

    record NoInherit(ObjectName parent, Span span) implements AlterAction {}

    record OfType(TypeName type, Span span) implements AlterAction {}

    /** {@code SET (…)} and {@code RESET (…)} of storage parameters; the toast table's are named {@code toast.…}. */
    record StorageParameters(boolean reset, List<Option> options, Span span) implements AlterAction {
        public StorageParameters {
            options = List.copyOf(options);
        }
    }

    /** ENABLE and DISABLE of triggers and rules; {@code name} is absent for {@code TRIGGER ALL} and {@code USER}. */
    record Switch(boolean rule, Optional<String> name, boolean userTriggersOnly, Mode mode, Span span)
            implements AlterAction {
        public enum Mode {
            ENABLE,
            ENABLE_ALWAYS,
            ENABLE_REPLICA,
            DISABLE
        }
    }

    record ClusterOn(String index, Span span) implements AlterAction {}

    /** {@code SET ACCESS METHOD}; absent means DEFAULT. */
    record SetAccessMethod(Optional<String> method, Span span) implements AlterAction {}

    record SetTablespace(String tablespace, Span span) implements AlterAction {}

    record OwnerTo(String role, Span span) implements AlterAction {}

    record ReplicaIdentity(Kind kind, Optional<String> index, Span span) implements AlterAction {
        public enum Kind {
            DEFAULT,
            FULL,
            NOTHING,
            INDEX
        }
    }

    /** An action without operands. */
    record Plain(Kind kind, Span span) implements AlterAction {
        public enum Kind {
            SET_LOGGED,
            SET_UNLOGGED,
            SET_WITHOUT_CLUSTER,
            SET_WITHOUT_OIDS,
            NOT_OF,
            ENABLE_ROW_LEVEL_SECURITY,
            DISABLE_ROW_LEVEL_SECURITY,
            FORCE_ROW_LEVEL_SECURITY,
            NO_FORCE_ROW_LEVEL_SECURITY
        }
    }

    /** An action the model does not know; {@code words} are its first words as written. */
    record Other(String words, Span span) implements AlterAction {}
}
