package dev.lockstep.catalog;

import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.SessionStatement;
import dev.lockstep.sql.Statement;
import java.util.Optional;

/** What statements do to the number of rows. */
final class RowReplay {

    private RowReplay() {}

    static Catalog apply(Catalog catalog, Statement statement) {
        if (statement instanceof Statement.Insert insert) {
            Catalog after =
                    insert.modifications().stream().reduce(catalog, RowReplay::apply, (first, second) -> second);
            return fill(after, insert.table(), isWrittenOut(insert.source()) ? RowEstimate.FEW : RowEstimate.MANY);
        }
        if (statement instanceof Statement.Merge merge) {
            return fill(catalog, merge.table(), RowEstimate.MANY);
        }
        if (statement instanceof Statement.Copy copy && copy.from()) {
            return copy.table()
                    .map(table -> fill(catalog, table, RowEstimate.MANY))
                    .orElse(catalog);
        }
        if (statement instanceof SessionStatement.RefreshMaterializedView refresh) {
            return refresh.withData() ? fill(catalog, refresh.view(), RowEstimate.MANY) : catalog;
        }
        if (statement instanceof SessionStatement.Explain explain && explain.analyze()) {
            return apply(catalog, explain.statement());
        }
        if (statement instanceof Statement.Select select) {
            Catalog after = catalog;
            for (Statement modification : select.query().modifications()) {
                after = apply(after, modification);
            }
            return after;
        }
        return catalog;
    }

    /** VALUES lists hold what somebody typed; a query or a set-returning function may yield any number. */
    private static boolean isWrittenOut(Query source) {
        return source.sources().isEmpty()
                && source.functions().stream().noneMatch(call -> call.name().equals("generate_series"));
    }

    private static Catalog fill(Catalog catalog, ObjectName name, RowEstimate rows) {
        QualifiedName table = catalog.resolve(name);
        Optional<Table> known = catalog.table(table).value();
        if (known.isEmpty() || known.get().rows().compareTo(rows) >= 0) {
            return catalog;
        }
        return catalog.with(known.get().withRows(rows));
    }
}
