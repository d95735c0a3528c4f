package dev.lockstep.catalog;

import dev.lockstep.catalog.TableConstraint.Kind;
import dev.lockstep.catalog.TableConstraint.Reference;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Constraint.Deferral;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Identifier;
import dev.lockstep.sql.Statement.IndexKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Constraints added to one table. */
final class ConstraintReplay {

    private final QualifiedName table;
    private final boolean creating;
    private final boolean only;
    private final Moment now;

    /**
     * @param creating whether the table is being made, so that there are no rows to check
     * @param only whether the tables below are left alone
     */
    ConstraintReplay(QualifiedName table, boolean creating, boolean only, Moment now) {
        this.table = table;
        this.creating = creating;
        this.only = only;
        this.now = now;
    }

    Catalog add(Catalog catalog, Constraint constraint) {
        if (constraint instanceof Constraint.NotNull notNull) {
            return addOwnNotNull(
                    catalog,
                    notNull.column(),
                    notNull.name().map(Identifier::name),
                    creating || !notNull.notValid(),
                    notNull.noInherit());
        }
        if (constraint instanceof Constraint.Check check) {
            return addCheck(catalog, check);
        }
        if (constraint instanceof Constraint.ForeignKey key) {
            return addForeignKey(catalog, key);
        }
        if (constraint instanceof Constraint.PrimaryKey key) {
            return key.usingIndex().isPresent()
                    ? useIndex(catalog, Kind.PRIMARY_KEY, key, key.usingIndex().get(), key.deferral())
                    : addPrimaryKey(catalog, key);
        }
        if (constraint instanceof Constraint.Unique key) {
            List<IndexKey> keys = key.columns().stream().map(IndexKey::of).toList();
            return key.usingIndex().isPresent()
                    ? useIndex(catalog, Kind.UNIQUE, key, key.usingIndex().get(), key.deferral())
                    : addKey(
                            catalog,
                            Kind.UNIQUE,
                            keyIndex(
                                    keyName(catalog, key, keys, key.included(), "key"),
                                    true,
                                    key.withoutOverlaps() ? "gist" : "btree",
                                    keys,
                                    key.included(),
                                    key.nullsNotDistinct(),
                                    Optional.empty()),
                            key.deferral());
        }
        Constraint.Exclusion exclusion = (Constraint.Exclusion) constraint;
        return addKey(
                catalog,
                Kind.EXCLUSION,
                keyIndex(
                        keyName(catalog, exclusion, exclusion.keys(), exclusion.included(), "excl"),
                        false,
                        exclusion.method(),
                        exclusion.keys(),
                        exclusion.included(),
                        false,
                        exclusion.predicate()),
                exclusion.deferral());
    }

    /** One that the table may have from above becomes its own. */
    Catalog addOwnNotNull(Catalog catalog, String column, Optional<String> name, boolean valid, boolean noInherit) {
        return addNotNull(catalog, column, name, valid, noInherit)
                .changing(table, known -> NotNulls.withLocal(known, column, true));
    }

    /** A NOT NULL that is not validated proves nothing about the rows there are. */
    Catalog addNotNull(Catalog catalog, String column, Optional<String> name, boolean valid, boolean noInherit) {
        Catalog after = valid
                ? catalog.changing(table, found -> found.changing(column, known -> known.withNotNull(true)))
                : catalog;
        Optional<Table> known = after.table(table).value();
        Optional<TableConstraint> there = known.flatMap(found -> NotNulls.of(found, column));
        if (there.isPresent()) {
            after = valid && !there.get().isValid()
                    ? after.changing(
                            table, found -> found.changingConstraint(there.get().name(), old -> old.validatedAt(now)))
                    : after;
        } else if (known.filter(NotNulls::mayHave).isPresent()) {
            String chosen = name.orElse(freeName(after, column, "not_null"));
            TableConstraint entered = TableConstraint.plain(chosen, Kind.NOT_NULL, List.of(column), valid, now)
                    .withRules(Deferral.NOT_DEFERRABLE, true, noInherit);
            after = after.changing(table, found -> found.adding(entered));
        }
        return noInherit ? after : toHeirs(after, column, valid);
    }

    private Catalog toHeirs(Catalog catalog, String column, boolean valid) {
        if (only) {
            return catalog;
        }
        Optional<String> name = catalog.table(table)
                .value()
                .flatMap(known -> NotNulls.of(known, column))
                .map(TableConstraint::name);
        Catalog after = catalog;
        for (Table child : catalog.childrenOf(table)) {
            boolean had = NotNulls.of(child, column).isPresent();
            after = new ConstraintReplay(child.name(), creating, false, now)
                    .addNotNull(after, column, name, valid, false);
            after = had ? after : after.changing(child.name(), known -> NotNulls.withLocal(known, column, false));
        }
        return after;
    }

    private Catalog addCheck(Catalog catalog, Constraint.Check check) {
        Expression condition = catalog.resolve(unqualified(check.expression()));
        String name = check.name()
                .map(Identifier::name)
                .orElseGet(() -> freeName(catalog, GeneratedNames.onlyColumn(condition), "check"));
        boolean valid = (creating || !check.notValid()) && check.enforced();
        TableConstraint entered = TableConstraint.plain(
                        name, Kind.CHECK, List.copyOf(Expressions.columns(condition)), valid, now)
                .withExpression(condition)
                .withRules(Deferral.NOT_DEFERRABLE, check.enforced(), check.noInherit());
        return enterCheck(catalog, entered, !check.noInherit());
    }

    /** A condition of a table stands for itself in the tables below. */
    private Catalog enterCheck(Catalog catalog, TableConstraint check, boolean inherited) {
        Lookup<TableConstraint> there = catalog.table(table).flatMap(known -> known.constraint(check.name()));
        Catalog after = there.value().isPresent()
                ? catalog.changing(table, known -> known.changingConstraint(check.name(), old -> merged(old, check)))
                : catalog.changing(table, known -> known.adding(check));
        if (!inherited || only) {
            return after;
        }
        for (Table child : catalog.childrenOf(table)) {
            after = new ConstraintReplay(child.name(), creating, false, now)
                    .enterCheck(after, check.withLocal(false), true);
        }
        return after;
    }

    private static TableConstraint merged(TableConstraint old, TableConstraint added) {
        TableConstraint kept = added.isValid() && !old.isValid() ? old.withValidated(added.validated()) : old;
        return kept.withLocal(old.local() || added.local());
    }

    /** Conditions of a table name its columns, perhaps with the table's name before them. */
    static Expression unqualified(Expression expression) {
        return Expressions.rewrite(
                expression,
                part -> part instanceof Expression.ColumnReference reference
                                && reference.parts().size() > 1
                        ? new Expression.ColumnReference(List.of(reference.column()))
                        : part);
    }

    private Catalog addForeignKey(Catalog catalog, Constraint.ForeignKey key) {
        QualifiedName parent = catalog.resolve(key.referenced());
        Optional<Table> known = catalog.table(parent).value();
        List<String> columns = key.referencedColumns().isEmpty()
                ? known.flatMap(Table::primaryKey).map(TableConstraint::columns).orElse(List.of())
                : key.referencedColumns();
        String name = key.name()
                .map(Identifier::name)
                .orElseGet(() -> freeName(catalog, GeneratedNames.columns(key.columns()), "fkey"));
        boolean valid = (creating || !key.notValid()) && key.enforced();
        TableConstraint entered = TableConstraint.plain(name, Kind.FOREIGN_KEY, key.columns(), valid, now)
                .withReference(Optional.of(new Reference(parent, columns, key.match(), key.onDelete(), key.onUpdate())))
                .withIndex(referencedIndex(catalog, parent, columns))
                .withRules(key.deferral(), key.enforced(), false);
        return enterForeignKey(catalog, entered);
    }

    /** The partitions of a table get its foreign keys, under the same name where it is free. */
    Catalog enterForeignKey(Catalog catalog, TableConstraint key) {
        Catalog after = catalog.changing(table, known -> known.adding(key));
        if (only) {
            return after;
        }
        for (Table child : catalog.childrenOf(table)) {
            if (child.isPartition()) {
                ConstraintReplay below = new ConstraintReplay(child.name(), creating, false, now);
                after = below.enterForeignKey(after, below.copied(after, key));
            }
        }
        return after;
    }

    /** A partitioned table's foreign key as a partition has it. */
    TableConstraint copied(Catalog catalog, TableConstraint key) {
        boolean free = catalog.table(table)
                .flatMap(known -> known.constraint(key.name()))
                .value()
                .isEmpty();
        String name = free ? key.name() : freeName(catalog, GeneratedNames.columns(key.columns()), "fkey");
        return key.withName(name).withLocal(false);
    }

    private static Optional<QualifiedName> referencedIndex(
            Catalog catalog, QualifiedName parent, List<String> columns) {
        Set<String> wanted = new HashSet<>(columns);
        List<Index> unique = catalog.indexesOf(parent).stream()
                .filter(index -> index.unique()
                        && index.predicate().isEmpty()
                        && index.keyColumns().size() == index.keys().size()
                        && new HashSet<>(index.keyColumns()).equals(wanted))
                .toList();
        Optional<QualifiedName> primary =
                catalog.table(parent).value().flatMap(Table::primaryKey).flatMap(TableConstraint::index);
        return unique.stream()
                .map(Index::name)
                .filter(name -> primary.filter(name::equals).isPresent())
                .findFirst()
                .or(() -> unique.stream().map(Index::name).findFirst());
    }

    private Catalog addPrimaryKey(Catalog catalog, Constraint.PrimaryKey key) {
        Catalog after = catalog;
        for (String column : key.columns()) {
            after = addNotNull(after, column, Optional.empty(), true, false);
        }
        List<IndexKey> keys = key.columns().stream().map(IndexKey::of).toList();
        String name = key.name().map(Identifier::name).orElse(freeKeyName(after, "", "pkey"));
        return addKey(
                after,
                Kind.PRIMARY_KEY,
                keyIndex(
                        name,
                        true,
                        key.withoutOverlaps() ? "gist" : "btree",
                        keys,
                        key.included(),
                        false,
                        Optional.empty()),
                key.deferral());
    }

    private Index keyIndex(
            String name,
            boolean unique,
            String method,
            List<IndexKey> keys,
            List<String> included,
            boolean nullsNotDistinct,
            Optional<Expression> predicate) {
        return new Index(
                new QualifiedName(table.schema(), name),
                table,
                unique,
                method,
                keys,
                included,
                nullsNotDistinct,
                predicate,
                true,
                Optional.empty(),
                now);
    }

    private Catalog addKey(Catalog catalog, Kind kind, Index index, Deferral deferral) {
        return new IndexReplay(only, now).add(catalog, index, Optional.of(constraint(kind, index, deferral)));
    }

    private TableConstraint constraint(Kind kind, Index index, Deferral deferral) {
        List<String> columns =
                index.keys().stream().flatMap(key -> key.column().stream()).toList();
        return TableConstraint.plain(index.name().name(), kind, columns, true, now)
                .withIndex(Optional.of(index.name()))
                .withRules(deferral, true, false);
    }

    /** PRIMARY KEY or UNIQUE USING INDEX: the index takes the constraint's name, or gives it its own. */
    private Catalog useIndex(Catalog catalog, Kind kind, Constraint constraint, String name, Deferral deferral) {
        QualifiedName old = new QualifiedName(table.schema(), name);
        QualifiedName wanted = new QualifiedName(
                table.schema(), constraint.name().map(Identifier::name).orElse(name));
        Index index = catalog.index(old)
                .value()
                .orElseGet(() -> keyIndex(name, true, "btree", List.of(), List.of(), false, Optional.empty())
                        .on(old, table, Optional.empty(), Moment.BEFORE_HISTORY));
        Catalog after = old.equals(wanted) ? catalog.with(index) : RenameReplay.move(catalog.with(index), old, wanted);
        TableConstraint entered = constraint(kind, index.withName(wanted), deferral);
        if (kind == Kind.PRIMARY_KEY) {
            for (String column : entered.columns()) {
                after = addNotNull(after, column, Optional.empty(), true, false);
            }
        }
        return after.changing(table, known -> known.adding(entered));
    }

    private String keyName(
            Catalog catalog, Constraint constraint, List<IndexKey> keys, List<String> included, String label) {
        return constraint
                .name()
                .map(Identifier::name)
                .orElseGet(() -> freeKeyName(
                        catalog, GeneratedNames.columns(GeneratedNames.indexColumns(keys, included)), label));
    }

    private String freeKeyName(Catalog catalog, String middle, String label) {
        return GeneratedNames.free(catalog, table, middle, label, true);
    }

    private String freeName(Catalog catalog, String middle, String label) {
        return GeneratedNames.choose(
                table.name(), middle, label, name -> catalog.isConstraint(new QualifiedName(table.schema(), name)));
    }
}
