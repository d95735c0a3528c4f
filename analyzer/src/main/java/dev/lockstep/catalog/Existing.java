package dev.lockstep.catalog;

import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.TypeStatement;
import java.util.Optional;

/** Whether what a statement makes is there already. */
final class Existing {

    private Existing() {}

    /** Whether the statement makes one thing under a name of its own. */
    static boolean isMade(Statement statement) {
        return statement instanceof Statement.CreateTable
                || statement instanceof Statement.CreateIndex
                || statement instanceof Statement.CreateSchema
                || statement instanceof TypeStatement.CreateEnum
                || statement instanceof TypeStatement.CreateDomain
                || (statement instanceof Statement.AlterTable alter
                        && alter.actions().size() == 1
                        && (alter.actions().get(0) instanceof AlterAction.AddColumn
                                || alter.actions().get(0) instanceof AlterAction.AddConstraint));
    }

    /** Absent when the history does not tell. */
    static Optional<Boolean> of(Statement statement, Catalog catalog) {
        if (statement instanceof Statement.CreateTable create) {
            return isThere(catalog.table(catalog.created(create.table(), create.persistence())));
        }
        if (statement instanceof Statement.CreateIndex create && create.index().isPresent()) {
            QualifiedName table = catalog.resolve(create.table());
            return isThere(catalog.index(
                    new QualifiedName(table.schema(), create.index().get().name())));
        }
        if (statement instanceof Statement.CreateSchema create
                && create.schema().isPresent()) {
            return isThere(catalog.schema(create.schema().get()));
        }
        if (statement instanceof TypeStatement.CreateEnum create) {
            return isThere(catalog.type(catalog.created(create.type())));
        }
        return statement instanceof Statement.AlterTable alter ? added(alter, catalog) : Optional.empty();
    }

    private static Optional<Boolean> added(Statement.AlterTable alter, Catalog catalog) {
        Lookup<Table> table = catalog.table(alter.table());
        if (alter.actions().get(0) instanceof AlterAction.AddColumn add) {
            return isThere(
                    table.flatMap(known -> known.column(add.column().name().name())));
        }
        return alter.actions().get(0) instanceof AlterAction.AddConstraint add
                        && add.constraint().name().isPresent()
                ? isThere(table.flatMap(
                        known -> known.constraint(add.constraint().name().get().name())))
                : Optional.empty();
    }

    private static Optional<Boolean> isThere(Lookup<?> lookup) {
        return lookup.isUnknown()
                ? Optional.empty()
                : Optional.of(lookup.value().isPresent());
    }
}
