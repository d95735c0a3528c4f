package dev.lockstep.catalog;

import dev.lockstep.catalog.Attached.Trigger;
import dev.lockstep.catalog.TableConstraint.Kind;
import dev.lockstep.sql.AlterAction.AttachPartition;
import dev.lockstep.sql.AlterAction.DetachPartition;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.ObjectName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a table gets from the tables above it, when it comes under them and when it leaves. */
final class PartitionReplay {

    private PartitionReplay() {}

    /** Whether the constraint stands for the tables below too. */
    static boolean isInherited(TableConstraint constraint) {
        return (constraint.kind() == Kind.CHECK || constraint.kind() == Kind.NOT_NULL) && !constraint.noInherit();
    }

    /** A CHECK or NOT NULL of another table; one that is there already stays. */
    static Catalog inherit(Catalog catalog, QualifiedName table, TableConstraint constraint, Moment now) {
        return catalog.changing(table, known -> {
            boolean there = constraint.kind() == Kind.NOT_NULL
                    ? NotNulls.of(known, constraint.columns().get(0)).isPresent()
                    : known.constraint(constraint.name()).value().isPresent();
            Table with = there
                    ? known
                    : known.adding(
                            constraint.withValidated(constraint.enforced() ? Optional.of(now) : Optional.empty()));
            return constraint.kind() == Kind.NOT_NULL
                    ? with.changing(constraint.columns().get(0), column -> column.withNotNull(true))
                    : with;
        });
    }

    /** The indexes, keys, foreign keys and row triggers of a partitioned table, on a new partition. */
    static Catalog copyToPartition(Catalog catalog, List<ObjectName> parents, QualifiedName partition, Moment now) {
        Catalog after = catalog;
        for (ObjectName name : parents) {
            after = copyToPartition(after, catalog.resolve(name), partition, now);
        }
        return after;
    }

    private static Catalog copyToPartition(Catalog catalog, QualifiedName parent, QualifiedName partition, Moment now) {
        Catalog after = catalog;
        for (Index index : catalog.indexesOf(parent)) {
            after = new IndexReplay(false, now)
                    .addPart(after, index, IndexReplay.constraint(catalog, index), partition);
        }
        Optional<Table> known = catalog.table(parent).value();
        for (TableConstraint constraint : known.map(Table::constraints).orElse(List.of())) {
            if (constraint.kind() == Kind.FOREIGN_KEY) {
                after = copyForeignKey(after, constraint, partition, now);
            }
        }
        for (Trigger trigger : known.map(table -> table.attached().triggers()).orElse(List.of())) {
            if (trigger.forEachRow()) {
                after = AttachedReplay.addTrigger(after, partition, trigger.withInherited(true));
            }
        }
        return after;
    }

    /** An equal foreign key that the partition has already becomes the parent's. */
    private static Catalog copyForeignKey(Catalog catalog, TableConstraint key, QualifiedName partition, Moment now) {
        Optional<TableConstraint> equal = catalog.table(partition).value().stream()
                .flatMap(table -> table.constraints().stream())
                .filter(candidate -> candidate.kind() == Kind.FOREIGN_KEY
                        && candidate.local()
                        && candidate.columns().equals(key.columns())
                        && candidate.reference().equals(key.reference())
                        && candidate.deferral() == key.deferral())
                .findFirst();
        if (equal.isPresent()) {
            return catalog.changing(
                    partition, table -> table.changingConstraint(equal.get().name(), found -> found.withLocal(false)));
        }
        ConstraintReplay below = new ConstraintReplay(partition, false, false, now);
        return below.enterForeignKey(catalog, below.copied(catalog, key));
    }

    static Catalog attach(Catalog catalog, QualifiedName parent, AttachPartition attach, Moment now) {
        QualifiedName partition = catalog.resolve(attach.partition());
        Catalog after = catalog.changing(parent, known -> known.withKind(Table.Kind.PARTITIONED_TABLE))
                .changing(
                        partition,
                        known -> known.withPartitioning(
                                new Table.Partitioning(known.partitioning().key(), attach.bound())));
        after = withIdentity(comeUnder(after, parent, partition, false), parent, partition);
        return copyToPartition(after, parent, partition, now);
    }

    /** From 17 on a partition's columns are identities where its table's are; they draw from the same sequence. */
    private static Catalog withIdentity(Catalog catalog, QualifiedName parent, QualifiedName partition) {
        Catalog after = catalog;
        for (Column column : catalog.table(parent).value().map(Table::columns).orElse(List.of())) {
            if (column.identity()) {
                after = after.changing(
                        partition,
                        known -> known.withColumns(Lists.changing(
                                known.columns(),
                                own -> own.name().equals(column.name()),
                                own -> own.withIdentity(column.identityKind()))));
            }
        }
        return after;
    }

    /** INHERIT and ATTACH: what both tables have is the parent's from now on; a partition's is no longer its own. */
    static Catalog comeUnder(Catalog catalog, QualifiedName parent, QualifiedName child, boolean staysLocal) {
        Optional<Table> above = catalog.table(parent).value();
        return catalog.changing(
                child,
                known -> known.withParents(Lists.adding(known.parents(), parent))
                        .withColumns(known.columns().stream()
                                .map(column ->
                                        staysLocal || !has(above, column.name()) ? column : column.withLocal(false))
                                .toList())
                        .changingConstraints(
                                constraint -> !staysLocal && isOf(above, constraint),
                                constraint -> constraint.withLocal(false)));
    }

    private static boolean has(Optional<Table> table, String column) {
        return table.filter(known -> known.column(column).value().isPresent()).isPresent();
    }

    private static boolean isOf(Optional<Table> parent, TableConstraint constraint) {
        return parent.map(Table::constraints).orElse(List.of()).stream()
                .anyMatch(above -> isInherited(above)
                        && above.kind() == constraint.kind()
                        && (above.kind() == Kind.NOT_NULL
                                ? above.columns().equals(constraint.columns())
                                : above.name().equals(constraint.name())));
    }

    static Catalog detach(Catalog catalog, QualifiedName parent, DetachPartition detach, Moment now) {
        QualifiedName partition = catalog.resolve(detach.partition());
        Optional<Table> before = catalog.table(partition).value();
        Catalog after = leave(catalog, parent, partition);
        after = after.changing(
                partition,
                known -> known.withPartitioning(
                                new Table.Partitioning(known.partitioning().key(), Optional.empty()))
                        .withAttached(known.attached().withoutTriggers(Trigger::inherited))
                        .withColumns(known.columns().stream()
                                .map(column -> column.withIdentity(Column.Identity.NONE))
                                .toList())
                        .changingConstraints(
                                constraint -> !isInherited(constraint), constraint -> constraint.withLocal(true)));
        for (Index index : catalog.indexesOf(partition)) {
            after = after.with(index.withParent(Optional.empty()));
        }
        boolean keepsBound = detach.mode() == DetachPartition.Mode.CONCURRENTLY
                && before.filter(known -> !known.isDefaultPartition()).isPresent();
        return keepsBound ? withBoundAsCheck(after, parent, partition, now) : after;
    }

    /** DETACH CONCURRENTLY leaves a CHECK behind that says what the bound said. */
    private static Catalog withBoundAsCheck(
            Catalog catalog, QualifiedName parent, QualifiedName partition, Moment now) {
        Set<String> columns = new TreeSet<>();
        catalog.table(parent).value().flatMap(known -> known.partitioning().key()).stream()
                .flatMap(key -> key.keys().stream())
                .forEach(key -> {
                    key.column().ifPresent(columns::add);
                    key.expression().map(Expressions::columns).ifPresent(columns::addAll);
                });
        Expression condition = new Expression.Other(
                "partition bound",
                columns.stream()
                        .<Expression>map(column -> new Expression.ColumnReference(List.of(column)))
                        .toList());
        String name = GeneratedNames.choose(
                partition.name(),
                GeneratedNames.onlyColumn(condition),
                "check",
                taken -> catalog.isConstraint(new QualifiedName(partition.schema(), taken)));
        return catalog.changing(
                partition,
                known -> known.adding(TableConstraint.plain(name, Kind.CHECK, List.copyOf(columns), true, now)
                        .withExpression(condition)));
    }

    /** NO INHERIT and DETACH: what no table above has any more is the table's own. */
    static Catalog leave(Catalog catalog, QualifiedName parent, QualifiedName child) {
        Catalog after =
                catalog.changing(child, known -> known.withParents(Lists.without(known.parents(), parent::equals)));
        List<Table> others = after.table(child).value().map(Table::parents).orElse(List.of()).stream()
                .flatMap(name -> after.table(name).value().stream())
                .toList();
        return after.changing(
                child,
                known -> known.withColumns(known.columns().stream()
                                .map(column -> others.stream().anyMatch(other -> has(Optional.of(other), column.name()))
                                        ? column
                                        : column.withLocal(true))
                                .toList())
                        .changingConstraints(
                                constraint -> isInherited(constraint)
                                        && others.stream().noneMatch(other -> isOf(Optional.of(other), constraint)),
                                constraint -> constraint.withLocal(true)));
    }
}
