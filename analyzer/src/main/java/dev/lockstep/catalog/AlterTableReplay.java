package dev.lockstep.catalog;

import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement.AlterTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the actions of an ALTER TABLE make of the schema. */
final class AlterTableReplay {

    private static final Set<ObjectKind> RELATIONS =
            Set.of(ObjectKind.TABLE, ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW, ObjectKind.FOREIGN_TABLE);

    private AlterTableReplay() {}

    static Catalog apply(Catalog catalog, AlterTable alter, Moment now) {
        QualifiedName table = catalog.resolve(alter.table());
        if (!RELATIONS.contains(alter.kind()) || catalog.table(table).isAbsent()) {
            return catalog;
        }
        if (alter.ifExists() && catalog.table(table).isUnknown()) {
            return catalog;
        }
        Catalog after = catalog.changing(table, known -> known);
        for (AlterAction action : alter.actions()) {
            after = apply(after, table, action, now);
            if (!alter.only() && isInherited(action)) {
                after = applyToChildren(after, table, action, now);
            }
        }
        return after;
    }

    /** What is done to the columns or the conditions of a table is done to its partitions and heirs too. */
    private static boolean isInherited(AlterAction action) {
        if (action instanceof AlterAction.AddConstraint add) {
            return add.constraint() instanceof Constraint.Check || add.constraint() instanceof Constraint.NotNull;
        }
        return action instanceof AlterAction.AddColumn
                || action instanceof AlterAction.DropColumn
                || action instanceof AlterAction.AlterColumnType
                || action instanceof AlterAction.SetDefault
                || action instanceof AlterAction.DropDefault
                || action instanceof AlterAction.SetNotNull
                || action instanceof AlterAction.DropNotNull
                || action instanceof AlterAction.DropConstraint
                || action instanceof AlterAction.ValidateConstraint;
    }

    private static Catalog applyToChildren(Catalog catalog, QualifiedName parent, AlterAction action, Moment now) {
        Catalog after = catalog;
        for (Table child : catalog.childrenOf(parent)) {
            after = applyToChildren(apply(after, child.name(), action, now), child.name(), action, now);
        }
        return after;
    }

    private static Catalog apply(Catalog catalog, QualifiedName table, AlterAction action, Moment now) {
        if (action instanceof AlterAction.AddColumn add) {
            boolean there = catalog.table(table)
                    .flatMap(known -> known.column(add.column().name().name()))
                    .value()
                    .isPresent();
            return there ? catalog : new ConstraintReplay(table, false, now).addColumn(catalog, add.column());
        }
        if (action instanceof AlterAction.DropColumn drop) {
            return dropColumn(catalog, table, drop.column());
        }
        if (action instanceof AlterAction.AlterColumnType type) {
            return catalog.changing(
                    table, known -> known.changing(type.column(), column -> column.withType(type.type())));
        }
        if (action instanceof AlterAction.SetDefault set) {
            return catalog.changing(
                    table,
                    known -> known.changing(set.column(), column -> column.withDefault(Optional.of(set.expression()))));
        }
        if (action instanceof AlterAction.DropDefault drop) {
            return catalog.changing(
                    table, known -> known.changing(drop.column(), column -> column.withDefault(Optional.empty())));
        }
        if (action instanceof AlterAction.SetNotNull set) {
            return catalog.changing(table, known -> known.changing(set.column(), column -> column.withNotNull(true)));
        }
        if (action instanceof AlterAction.DropNotNull drop) {
            return dropNotNull(catalog, table, drop.column());
        }
        if (action instanceof AlterAction.AddConstraint add) {
            return new ConstraintReplay(table, false, now).add(catalog, add.constraint());
        }
        if (action instanceof AlterAction.DropConstraint drop) {
            return dropConstraint(catalog, table, drop.name());
        }
        if (action instanceof AlterAction.ValidateConstraint validate) {
            return validate(catalog, table, validate.name(), now);
        }
        if (action instanceof AlterAction.AttachPartition attach) {
            return attach(catalog, table, catalog.resolve(attach.partition()));
        }
        if (action instanceof AlterAction.DetachPartition detach) {
            return catalog.changing(
                    catalog.resolve(detach.partition()),
                    known -> known.withParents(known.parents().stream()
                            .filter(parent -> !parent.equals(table))
                            .toList()));
        }
        return catalog;
    }

    /** The column's indexes and the constraints that name it go with it; a CHECK that names other columns too goes as well. */
    private static Catalog dropColumn(Catalog catalog, QualifiedName table, String column) {
        Catalog after = catalog.changing(
                table,
                known -> known.withColumns(known.columns().stream()
                                .filter(candidate -> !candidate.name().equals(column))
                                .toList())
                        .withConstraints(known.constraints().stream()
                                .filter(constraint -> !constraint.columns().contains(column)
                                        && constraint
                                                .expression()
                                                .filter(condition -> Expressions.uses(condition, column))
                                                .isEmpty())
                                .toList()));
        for (Index index : catalog.indexesOf(table)) {
            if (index.uses(column)) {
                after = after.withoutIndex(index.name());
            }
        }
        return after;
    }

    private static Catalog dropNotNull(Catalog catalog, QualifiedName table, String column) {
        return catalog.changing(
                table,
                known -> known.changing(column, found -> found.withNotNull(false))
                        .withConstraints(known.constraints().stream()
                                .filter(constraint -> constraint.kind() != TableConstraint.Kind.NOT_NULL
                                        || !constraint.columns().contains(column))
                                .toList()));
    }

    /** Validated, a NOT NULL says so of its column. */
    private static Catalog validate(Catalog catalog, QualifiedName table, String name, Moment now) {
        Catalog after = catalog.changing(
                table,
                known -> known.changingConstraint(
                        name, constraint -> constraint.isValid() ? constraint : constraint.validatedAt(now)));
        return withNotNull(after, table, name, true);
    }

    /** Sets what the columns of a NOT NULL constraint are known to hold. */
    private static Catalog withNotNull(Catalog catalog, QualifiedName table, String constraint, boolean notNull) {
        Catalog after = catalog;
        List<String> columns = catalog.table(table)
                .flatMap(known -> known.constraint(constraint))
                .value()
                .filter(known -> known.kind() == TableConstraint.Kind.NOT_NULL)
                .map(TableConstraint::columns)
                .orElse(List.of());
        for (String column : columns) {
            after = after.changing(table, known -> known.changing(column, found -> found.withNotNull(notNull)));
        }
        return after;
    }

    private static Catalog dropConstraint(Catalog catalog, QualifiedName table, String name) {
        Catalog after = withNotNull(catalog, table, name, false)
                .changing(
                        table,
                        known -> known.withConstraints(known.constraints().stream()
                                .filter(constraint -> !constraint.name().equals(name))
                                .toList()));
        QualifiedName index = new QualifiedName(table.schema(), name);
        return catalog.index(index).value().isPresent() ? after.withoutIndex(index) : after;
    }

    private static Catalog attach(Catalog catalog, QualifiedName parent, QualifiedName partition) {
        return catalog.changing(parent, known -> known.withKind(Table.Kind.PARTITIONED_TABLE))
                .changing(partition, known -> {
                    List<QualifiedName> parents = new ArrayList<>(known.parents());
                    parents.add(parent);
                    return known.withParents(parents);
                });
    }
}
