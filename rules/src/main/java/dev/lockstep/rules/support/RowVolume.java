package dev.lockstep.rules.support;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.SessionStatement;
import dev.lockstep.sql.Statement;
import java.util.Optional;

/** Whether a statement may go through very many rows, as far as its own text limits them. */
public final class RowVolume {

    private RowVolume() {}

    /** Of a query for its result's sake nobody knows; it counts as small, like ANALYZE, which samples. */
    public static boolean mayBeLarge(Statement statement, Catalog catalog) {
        if (statement instanceof Statement.Update update) {
            return !isBounded(update.table(), update.where(), catalog);
        } else if (statement instanceof Statement.Delete delete) {
            return !isBounded(delete.table(), delete.where(), catalog);
        } else if (statement instanceof Statement.Insert insert) {
            return mayBeLarge(insert.source())
                    || insert.modifications().stream().anyMatch(inside -> mayBeLarge(inside, catalog));
        } else if (statement instanceof Statement.Merge merge) {
            return mayBeLarge(merge.reads());
        } else if (statement instanceof Statement.CreateTableAs create) {
            return create.withData() && mayBeLarge(create.query());
        } else if (statement instanceof Statement.Select select) {
            return select.query().modifications().stream().anyMatch(inside -> mayBeLarge(inside, catalog));
        } else if (statement instanceof Statement.Vacuum vacuum) {
            return vacuum.vacuum();
        } else if (statement instanceof SessionStatement) {
            return statement instanceof SessionStatement.RefreshMaterializedView
                    || statement instanceof SessionStatement.Cluster;
        }
        return true;
    }

    /** A VALUES list holds what somebody typed. */
    public static boolean mayBeLarge(Query source) {
        boolean reads = !source.sources().isEmpty()
                || source.functions().stream().anyMatch(call -> call.name().equals("generate_series"));
        return reads && !source.limited();
    }

    private static boolean isBounded(ObjectName target, Optional<Expression> where, Catalog catalog) {
        QualifiedName table = catalog.resolve(target);
        return where.filter(new RowBounds(catalog, table)::isBounded).isPresent();
    }
}
