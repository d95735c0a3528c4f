package dev.lockstep.sql;

import java.util.List;
import java.util.Optional;

/**
 * What a SELECT (or any statement's embedded query) touches.
 *
 * @param relations every table or view read anywhere inside, common table expressions excluded
 * @param functions every function called anywhere inside
 * @param modifications the data-modifying statements in its WITH clauses
 * @param limited whether the outermost query has a LIMIT or FETCH FIRST
 */
public record Query(
        List<ObjectName> relations,
        List<FunctionName> functions,
        List<Statement> modifications,
        boolean limited,
        boolean locksRows) {

    /** A function as called, possibly schema-qualified. */
    public record FunctionName(Optional<String> schema, String name) {}

    public static final Query NONE = new Query(List.of(), List.of(), List.of(), false, false);

    public Query {
        relations = List.copyOf(relations);
        functions = List.copyOf(functions);
        modifications = List.copyOf(modifications);
    }
}
