package dev.lockstep.testkit.catalog;

import dev.lockstep.catalog.Attached;
import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Index;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Routine;
import dev.lockstep.catalog.Sequence;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.catalog.TypeNames;
import dev.lockstep.catalog.UserType;
import dev.lockstep.catalog.ViewRead;
import dev.lockstep.sql.AttachedStatement.CreateTrigger.Timing;
import dev.lockstep.sql.AttachedStatement.Event;
import dev.lockstep.sql.Constraint.Deferral;
import dev.lockstep.sql.PartitionKey;
import dev.lockstep.sql.Statement.Persistence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The schema that the replay arrived at, as a server of a major version would have it. */
final class ReplayedSnapshot {

    private final Catalog catalog;
    private final int major;
    private final SchemaSnapshot snapshot = SchemaSnapshot.empty();

    private ReplayedSnapshot(Catalog catalog, int major) {
        this.catalog = catalog;
        this.major = major;
    }

    static SchemaSnapshot of(Catalog catalog, int major) {
        ReplayedSnapshot replayed = new ReplayedSnapshot(catalog, major);
        catalog.tables().stream()
                .filter(table -> table.persistence() != Persistence.TEMPORARY)
                .forEach(replayed::table);
        catalog.all(Index.class).forEach(replayed::index);
        catalog.all(Sequence.class).forEach(replayed::sequence);
        catalog.all(UserType.class).forEach(replayed::type);
        catalog.all(Routine.class).forEach(replayed::routine);
        return replayed.snapshot;
    }

    private static String name(QualifiedName name) {
        return name.schema() + "." + name.name();
    }

    private static String flag(boolean value) {
        return value ? "t" : "f";
    }

    private void table(Table table) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "kind",
                switch (table.kind()) {
                    case TABLE -> "r";
                    case PARTITIONED_TABLE -> "p";
                    case FOREIGN_TABLE -> "f";
                    case VIEW -> "v";
                    case MATERIALIZED_VIEW -> "m";
                    case UNKNOWN -> SchemaSnapshot.UNKNOWN;
                });
        facts.put("persistence", table.persistence() == Persistence.UNLOGGED ? "u" : "p");
        facts.put("row_security", flag(table.attached().rowSecurity()));
        facts.put("parents", joined(table.parents().stream().map(ReplayedSnapshot::name)));
        facts.put(
                "partition_key",
                table.partitioning().key().map(ReplayedSnapshot::partitionKey).orElse(""));
        facts.put("partition", table.isDefaultPartition() ? "default" : table.isPartition() ? "bound" : "");
        snapshot.put("table " + name(table.name()), facts);
        columns(table);
        if (table.kind() == Table.Kind.VIEW || table.kind() == Table.Kind.MATERIALIZED_VIEW) {
            view(table);
        }
        for (TableConstraint constraint : table.constraints()) {
            if (constraint.kind() != TableConstraint.Kind.NOT_NULL || major >= 18) {
                constraint(table, constraint);
            }
        }
        table.attached().triggers().forEach(trigger -> trigger(table, trigger));
        table.attached().policies().forEach(policy -> policy(table, policy));
        table.attached().rules().forEach(rule -> snapshot.put("rule " + name(table.name()) + "." + rule, Map.of()));
    }

    private static String partitionKey(PartitionKey key) {
        return key.strategy()
                + " "
                + joined(key.keys().stream().map(part -> part.column().orElse("expr")));
    }

    private void columns(Table table) {
        boolean view = table.kind() == Table.Kind.VIEW || table.kind() == Table.Kind.MATERIALIZED_VIEW;
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("type", column.type().map(TypeNames::format).orElse(SchemaSnapshot.UNKNOWN));
            facts.put("place", view ? "" : String.valueOf(i + 1));
            facts.put("not_null", column.notNull().map(ReplayedSnapshot::flag).orElse(SchemaSnapshot.UNKNOWN));
            facts.put("has_default", flag(column.defaultValue().isPresent()));
            facts.put(
                    "generated",
                    switch (column.generation()) {
                        case NONE -> "";
                        case STORED -> "s";
                        case VIRTUAL -> "v";
                    });
            facts.put("identity", identity(table, column));
            facts.put("local", flag(column.local()));
            facts.put(
                    "collation",
                    view ? SchemaSnapshot.UNKNOWN : column.collation().orElse(""));
            snapshot.put("column " + name(table.name()) + "." + column.name(), facts);
        }
    }

    /** Partitions know of their table's identity from 17 on; before, they could have one of their own. */
    private String identity(Table table, Column column) {
        boolean own = catalog.sequencesOf(table.name()).stream()
                .filter(Sequence::identity)
                .flatMap(sequence -> sequence.owner().stream())
                .anyMatch(owner -> owner.column().equals(column.name()));
        if (major < 17 && table.isPartition() && !own) {
            return "";
        }
        return switch (column.identityKind()) {
            case NONE -> "";
            case ALWAYS -> "a";
            case BY_DEFAULT -> "d";
        };
    }

    private void view(Table view) {
        List<ViewRead> reads = view.definition().reads();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "reads",
                joined(reads.stream()
                        .map(read -> name(read.relation()))
                        .distinct()
                        .sorted()));
        boolean known = reads.stream().allMatch(read -> read.columns().isPresent());
        facts.put(
                "columns",
                known
                        ? joined(reads.stream()
                                .flatMap(read -> read.columns().orElse(List.of()).stream()
                                        .map(column -> name(read.relation()) + "." + column))
                                .distinct()
                                .sorted())
                        : SchemaSnapshot.UNKNOWN);
        snapshot.put("view " + name(view.name()), facts);
    }

    private void constraint(Table table, TableConstraint constraint) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "kind",
                switch (constraint.kind()) {
                    case NOT_NULL -> "n";
                    case CHECK -> "c";
                    case PRIMARY_KEY -> "p";
                    case UNIQUE -> "u";
                    case FOREIGN_KEY -> "f";
                    case EXCLUSION -> "x";
                });
        facts.put("valid", flag(constraint.isValid()));
        facts.put("enforced", flag(constraint.enforced()));
        facts.put("deferrable", flag(constraint.deferral() != Deferral.NOT_DEFERRABLE));
        facts.put("deferred", flag(constraint.deferral() == Deferral.INITIALLY_DEFERRED));
        facts.put("no_inherit", flag(constraint.noInherit()));
        facts.put("local", flag(constraint.local()));
        Stream<String> columns = constraint.kind() == TableConstraint.Kind.CHECK
                ? constraint.columns().stream().sorted()
                : constraint.columns().stream();
        facts.put(
                "columns",
                constraint.kind() == TableConstraint.Kind.EXCLUSION ? SchemaSnapshot.UNKNOWN : joined(columns));
        facts.put(
                "referenced",
                constraint.referenced().map(ReplayedSnapshot::name).orElse(""));
        facts.put(
                "referenced_columns",
                joined(constraint.reference().stream().flatMap(reference -> reference.columns().stream())));
        facts.put("index", constraint.index().map(ReplayedSnapshot::name).orElse(""));
        snapshot.put("constraint " + name(table.name()) + "." + constraint.name(), facts);
    }

    private void index(Index index) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("table", name(index.table()));
        facts.put(
                "columns",
                joined(Stream.concat(
                        index.keys().stream().map(key -> key.column().orElse("expr")), index.included().stream())));
        facts.put("unique", flag(index.unique()));
        facts.put("valid", flag(index.valid()));
        facts.put("partial", flag(index.predicate().isPresent()));
        facts.put("keys", String.valueOf(index.keys().size()));
        facts.put("method", index.method());
        facts.put("parent", index.parent().map(ReplayedSnapshot::name).orElse(""));
        Optional<Table> table = catalog.table(index.table()).value();
        if (table.filter(known -> known.persistence() == Persistence.TEMPORARY).isEmpty()) {
            snapshot.put("index " + name(index.name()), facts);
        }
    }

    private void sequence(Sequence sequence) {
        if (!sequence.name().schema().equals(Catalog.TEMPORARY)) {
            snapshot.put(
                    "sequence " + name(sequence.name()),
                    Map.of(
                            "owner",
                            sequence.owner()
                                    .map(owner -> name(owner.table()) + "." + owner.column()
                                            + (sequence.identity() ? " i" : " a"))
                                    .orElse("")));
        }
    }

    private void type(UserType type) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("constraints", "");
        if (type instanceof UserType.EnumType values) {
            facts.put("kind", "e");
            facts.put("shape", joined(values.values().stream().map(UserType.EnumType.Value::label)));
        } else if (type instanceof UserType.Domain domain) {
            facts.put("kind", "d");
            facts.put(
                    "shape",
                    TypeNames.format(domain.base())
                            + (domain.notNull() ? " NOT NULL" : "")
                            + (domain.defaultValue().isPresent() ? " DEFAULT" : ""));
            facts.put(
                    "constraints",
                    joined(domain.constraints().stream()
                            .filter(constraint -> major >= 17 || constraint.kind() != TableConstraint.Kind.NOT_NULL)
                            .map(constraint -> constraint.name() + (constraint.isValid() ? "" : " NOT VALID"))
                            .sorted()));
        } else if (type instanceof UserType.CompositeType composite) {
            facts.put("kind", "c");
            facts.put(
                    "shape",
                    joined(composite.attributes().stream()
                            .map(attribute -> attribute.name()
                                    + " "
                                    + attribute.type().map(TypeNames::format).orElse(""))));
        } else if (type instanceof UserType.RangeType range) {
            facts.put("kind", "r");
            facts.put("shape", range.subtype().map(TypeNames::format).orElse(""));
        }
        snapshot.put("type " + name(type.name()), facts);
    }

    private void routine(Routine routine) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kind", routine.procedure() ? "p" : "f");
        facts.put(
                "volatility",
                switch (routine.volatility()) {
                    case IMMUTABLE -> "i";
                    case STABLE -> "s";
                    case VOLATILE -> "v";
                });
        facts.put("language", routine.language());
        snapshot.put("routine " + name(routine.name()), facts);
    }

    private void trigger(Table table, Attached.Trigger trigger) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "function", trigger.function().schema().isEmpty() ? SchemaSnapshot.UNKNOWN : name(trigger.function()));
        facts.put("enabled", flag(trigger.enabled()));
        int type = (trigger.forEachRow() ? 1 : 0)
                | (trigger.timing() == Timing.BEFORE ? 1 << 1 : 0)
                | (trigger.timing() == Timing.INSTEAD_OF ? 1 << 6 : 0)
                | (trigger.events().contains(Event.INSERT) ? 1 << 2 : 0)
                | (trigger.events().contains(Event.DELETE) ? 1 << 3 : 0)
                | (trigger.events().contains(Event.UPDATE) ? 1 << 4 : 0)
                | (trigger.events().contains(Event.TRUNCATE) ? 1 << 5 : 0);
        facts.put("type", String.valueOf(type));
        facts.put("inherited", flag(trigger.inherited()));
        snapshot.put("trigger " + name(table.name()) + "." + trigger.name(), facts);
    }

    private void policy(Table table, Attached.Policy policy) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "command",
                policy.command()
                        .map(event -> switch (event) {
                            case SELECT -> "r";
                            case INSERT -> "a";
                            case UPDATE -> "w";
                            default -> "d";
                        })
                        .orElse("*"));
        facts.put("permissive", flag(policy.permissive()));
        facts.put("using", flag(policy.using().isPresent()));
        facts.put("check", flag(policy.check().isPresent()));
        snapshot.put("policy " + name(table.name()) + "." + policy.name(), facts);
    }

    private static String joined(Stream<String> parts) {
        return parts.collect(Collectors.joining(","));
    }
}
