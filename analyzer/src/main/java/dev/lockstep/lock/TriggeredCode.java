package dev.lockstep.lock;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Invocation;
import dev.lockstep.sql.Statement;
import java.util.List;

/** The code that a change of rows runs by the triggers of its table. */
public final class TriggeredCode {

    private TriggeredCode() {}

    /** Calls of the functions of the triggers that the statement fires, where they are known. */
    public static List<Invocation> of(Statement statement, Catalog catalog) {
        return statement
                .changedTable()
                .map(table ->
                        new CodeParts(catalog, new Relations(catalog)).triggerCalls(statement, catalog.resolve(table)))
                .orElse(List.of());
    }
}
