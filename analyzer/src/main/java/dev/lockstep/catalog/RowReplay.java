package dev.lockstep.catalog;

import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.SessionStatement;
import dev.lockstep.sql.Statement;
import java.util.List;
import java.util.Optional;

/** What statements do to the number of rows. */
final class RowReplay {

    private RowReplay() {}

    static Catalog apply(Catalog catalog, Statement statement) {
        Catalog after = catalog;
        for (Statement modification : modifications(statement)) {
            after = apply(after, modification);
        }
        if (statement instanceof Statement.Insert insert) {
            return fill(after, insert.table(), isWrittenOut(insert.source()) ? RowEstimate.FEW : RowEstimate.MANY);
        }
        if (statement instanceof Statement.Merge merge) {
            return fill(after, merge.table(), RowEstimate.MANY);
        }
        if (statement instanceof Statement.Copy copy
                && copy.from()
                && copy.table().isPresent()) {
            return fill(after, copy.table().get(), RowEstimate.MANY);
        }
        return statement instanceof SessionStatement.RefreshMaterializedView refresh ? refresh(after, refresh) : after;
    }

    private static Catalog refresh(Catalog catalog, SessionStatement.RefreshMaterializedView refresh) {
        if (refresh.withData()) {
            return fill(catalog, refresh.view(), RowEstimate.MANY);
        }
        return catalog.table(catalog.resolve(refresh.view()))
                .value()
                .map(view -> catalog.with(view.withRows(RowEstimate.EMPTY)))
                .orElse(catalog);
    }

    /** The data-modifying statements that a statement runs besides itself. */
    private static List<Statement> modifications(Statement statement) {
        if (statement instanceof Statement.Insert insert) {
            return insert.modifications();
        }
        if (statement instanceof Statement.Update update) {
            return update.modifications();
        }
        if (statement instanceof Statement.Delete delete) {
            return delete.modifications();
        }
        if (statement instanceof Statement.Merge merge) {
            return merge.reads().modifications();
        }
        if (statement instanceof SessionStatement.Explain explain && explain.analyze()) {
            return List.of(explain.statement());
        }
        return statement instanceof Statement.Select select ? select.query().modifications() : List.of();
    }

    /** VALUES lists hold what somebody typed; a query or a set-returning function may yield any number. */
    private static boolean isWrittenOut(Query source) {
        return source.sources().isEmpty()
                && source.modifications().isEmpty()
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
