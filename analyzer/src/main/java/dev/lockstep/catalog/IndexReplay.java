package dev.lockstep.catalog;

import dev.lockstep.catalog.TableConstraint.Kind;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Identifier;
import dev.lockstep.sql.Statement.CreateIndex;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Indexes, and their parts on partitions. */
final class IndexReplay {

    private final boolean only;
    private final Moment now;

    IndexReplay(boolean only, Moment now) {
        this.only = only;
        this.now = now;
    }

    static Catalog create(Catalog catalog, CreateIndex create, Moment now) {
        QualifiedName table = catalog.resolve(create.table());
        Optional<QualifiedName> given =
                create.index().map(Identifier::name).map(name -> new QualifiedName(table.schema(), name));
        if (create.ifNotExists() && given.filter(catalog::isRelation).isPresent()) {
            return catalog;
        }
        UnaryOperator<Expression> resolved = expression -> catalog.resolve(ConstraintReplay.unqualified(expression));
        Index index = new Index(
                given.orElse(table),
                table,
                create.unique(),
                create.method().isEmpty() ? "btree" : create.method(),
                create.keys().stream()
                        .map(key -> key.renaming(UnaryOperator.identity(), resolved))
                        .toList(),
                create.included(),
                create.nullsNotDistinct(),
                create.predicate().map(resolved),
                true,
                Optional.empty(),
                now);
        Catalog known = catalog.table(table).isUnknown() ? catalog.changing(table, found -> found) : catalog;
        return new IndexReplay(create.only(), now)
                .add(
                        known,
                        given.isPresent() ? index : index.withName(freeName(catalog, index, Optional.empty())),
                        Optional.empty());
    }

    /** Enters an index with the constraint it backs, if any; partitions get their parts of it, or give what they have. */
    Catalog add(Catalog catalog, Index index, Optional<TableConstraint> backed) {
        List<Table> partitions = catalog.childrenOf(index.table()).stream()
                .filter(Table::isPartition)
                .toList();
        Catalog after = catalog.with(index.withValid(!only || partitions.isEmpty()));
        if (backed.isPresent()) {
            after = after.changing(
                    index.table(), known -> known.adding(backed.get().withIndex(Optional.of(index.name()))));
        }
        if (only) {
            return after;
        }
        for (Table partition : partitions) {
            after = addPart(after, index, backed, partition.name());
        }
        return after;
    }

    private Catalog complete(Catalog catalog, Index index) {
        if (index.valid()) {
            return catalog;
        }
        Optional<TableConstraint> backed = constraint(catalog, index);
        Catalog after = catalog.with(index.withValid(true));
        for (Table partition : catalog.childrenOf(index.table())) {
            boolean has = catalog.indexesOf(partition.name()).stream()
                    .anyMatch(part -> part.parent().filter(index.name()::equals).isPresent());
            after = has || !partition.isPartition() ? after : addPart(after, index, backed, partition.name());
        }
        return after;
    }

    /**
     * An index built anew for a column's new type. A partitioned table's index makes its parts anew, those it lacked too, under the names
     * PostgreSQL makes up, whatever they were called before.
     */
    Catalog rebuild(Catalog catalog, Index index) {
        Index rebuilt = index.rebuilt();
        Catalog after = complete(catalog.with(rebuilt), rebuilt);
        for (Index part : catalog.dependents(Link.Kind.PART_OF_INDEX, index.name(), Index.class)) {
            Optional<Kind> kind = kind(after, part);
            Index unnamed = part.rebuilt().on(index.name(), part.table(), part.parent(), now);
            QualifiedName name = freeName(Removal.index(after, part.name()), unnamed, kind);
            after = RenameReplay.renamed(after, part.name(), name);
            Catalog renamed = after;
            after = after.index(name)
                    .value()
                    .map(known -> rebuild(renamed, known))
                    .orElse(after);
        }
        return after;
    }

    /** The part of a partitioned table's index on one partition. */
    Catalog addPart(Catalog catalog, Index whole, Optional<TableConstraint> backed, QualifiedName partition) {
        Optional<Index> there = catalog.indexesOf(partition).stream()
                .filter(candidate -> candidate.parent().isEmpty()
                        && candidate.valid()
                        && candidate.isLike(whole)
                        && kind(catalog, candidate).equals(backed.map(TableConstraint::kind)))
                .findFirst();
        if (there.isPresent()) {
            Catalog after = catalog.with(there.get().withParent(Optional.of(whole.name())));
            return backed.isPresent()
                    ? after.changing(
                            partition,
                            known -> known.changingConstraint(
                                    there.get().name().name(), constraint -> constraint.withLocal(false)))
                    : after;
        }
        Index part = whole.on(whole.name(), partition, Optional.of(whole.name()), now);
        QualifiedName name = freeName(catalog, part, backed.map(TableConstraint::kind));
        return new IndexReplay(false, now)
                .add(
                        catalog,
                        part.withName(name),
                        backed.map(
                                constraint -> constraint.withName(name.name()).withLocal(false)));
    }

    /** The kind of constraint that an index backs. */
    static Optional<Kind> kind(Catalog catalog, Index index) {
        return constraint(catalog, index).map(TableConstraint::kind);
    }

    static Optional<TableConstraint> constraint(Catalog catalog, Index index) {
        return catalog.table(index.table()).value().stream()
                .flatMap(table -> table.constraints().stream())
                .filter(constraint -> constraint.kind().isKey()
                        && constraint.index().filter(index.name()::equals).isPresent())
                .findFirst();
    }

    static QualifiedName freeName(Catalog catalog, Index index, Optional<Kind> constraint) {
        String label = constraint
                .map(kind -> switch (kind) {
                    case PRIMARY_KEY -> "pkey";
                    case EXCLUSION -> "excl";
                    default -> "key";
                })
                .orElse("idx");
        String middle = label.equals("pkey")
                ? ""
                : GeneratedNames.columns(GeneratedNames.indexColumns(index.keys(), index.included()));
        return new QualifiedName(
                index.table().schema(),
                GeneratedNames.free(catalog, index.table(), middle, label, constraint.isPresent()));
    }

    /** {@code ALTER INDEX … ATTACH PARTITION}: the whole is valid once every partition has its part. */
    static Catalog attach(Catalog catalog, QualifiedName whole, QualifiedName part) {
        Optional<Index> known = catalog.index(part).value();
        Optional<Index> above = catalog.index(whole).value();
        if (known.isEmpty() || above.isEmpty()) {
            return catalog;
        }
        Catalog after = catalog.with(known.get().withParent(Optional.of(whole)));
        if (constraint(after, known.get()).isPresent()) {
            after = after.changing(
                    known.get().table(),
                    table -> table.changingConstraint(part.name(), constraint -> constraint.withLocal(false)));
        }
        return validated(after, above.get());
    }

    private static Catalog validated(Catalog catalog, Index whole) {
        List<Index> parts = catalog.dependents(Link.Kind.PART_OF_INDEX, whole.name(), Index.class);
        long partitions = catalog.childrenOf(whole.table()).stream()
                .filter(Table::isPartition)
                .count();
        if (whole.valid() || parts.size() < partitions || !parts.stream().allMatch(Index::valid)) {
            return catalog;
        }
        Catalog after = catalog.with(whole.withValid(true));
        return whole.parent()
                .flatMap(name -> after.index(name).value())
                .map(above -> validated(after, above))
                .orElse(after);
    }
}
