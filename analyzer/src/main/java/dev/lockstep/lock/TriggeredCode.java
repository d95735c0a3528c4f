package dev.lockstep.lock;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Invocation;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import java.util.List;
import java.util.Optional;

/** The code that a change of rows runs by the triggers of its table. */
public final class TriggeredCode {

    private TriggeredCode() {}

    /** Calls of the functions of the triggers that the statement fires, where they are known. */
    public static List<Invocation> of(Statement statement, Catalog catalog) {
        return target(statement)
                .map(table ->
                        new CodeParts(catalog, new Relations(catalog)).triggerCalls(statement, catalog.resolve(table)))
                .orElse(List.of());
    }

    private static Optional<ObjectName> target(Statement statement) {
        if (statement instanceof Statement.Insert insert) {
            return Optional.of(insert.table());
        }
        if (statement instanceof Statement.Update update) {
            return Optional.of(update.table());
        }
        if (statement instanceof Statement.Delete delete) {
            return Optional.of(delete.table());
        }
        return statement instanceof Statement.Merge merge ? Optional.of(merge.table()) : Optional.empty();
    }
}
