package dev.lockstep.catalog;

import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement.AlterTable;
import java.util.Optional;

/** What the actions of an ALTER TABLE make of the schema. */
final class AlterTableReplay {

    private AlterTableReplay() {}

    static Catalog apply(Catalog catalog, AlterTable alter, Moment now) {
        QualifiedName table = catalog.resolve(alter.table());
        if (alter.kind() == ObjectKind.INDEX || catalog.table(table).isAbsent()) {
            return catalog;
        }
        Catalog after = catalog.changing(table, known -> known);
        for (AlterAction action : alter.actions()) {
            after = apply(after, table, action, now);
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
            return catalog.changing(table, known -> known.changing(drop.column(), column -> column.withNotNull(false)));
        }
        if (action instanceof AlterAction.AddConstraint add) {
            return new ConstraintReplay(table, false, now).add(catalog, add.constraint());
        }
        if (action instanceof AlterAction.DropConstraint drop) {
            return dropConstraint(catalog, table, drop.name());
        }
        if (action instanceof AlterAction.ValidateConstraint validate) {
            return catalog.changing(
                    table,
                    known -> known.changingConstraint(
                            validate.name(),
                            constraint -> constraint.isValid() ? constraint : constraint.validatedAt(now)));
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

    private static Catalog dropConstraint(Catalog catalog, QualifiedName table, String name) {
        Catalog after = catalog.changing(
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
                    var parents = new java.util.ArrayList<>(known.parents());
                    parents.add(parent);
                    return known.withParents(parents);
                });
    }
}
