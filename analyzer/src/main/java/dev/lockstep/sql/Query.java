package dev.lockstep.sql;

import dev.lockstep.sql.Expression.ColumnReference;
import java.util.List;
import java.util.Optional;

/**
 * What a SELECT (or any statement's embedded query) touches.
 *
 * @param sources every table or view read anywhere inside, common table expressions excluded
 * @param functions every function called anywhere inside
 * @param columns every column named anywhere inside, stars and the columns of USING included
 * @param outputs the select list of a plain SELECT; empty for VALUES and set operations
 * @param modifications the data-modifying statements in its WITH clauses
 * @param where the condition of a plain SELECT, with those of its inner joins
 * @param limited whether the outermost query has a LIMIT or FETCH FIRST
 */
public record Query(
        List<Source> sources,
        List<FunctionName> functions,
        List<ColumnReference> columns,
        List<Output> outputs,
        List<Statement> modifications,
        Optional<Expression> where,
        boolean limited,
        List<RowLock> rowLocks) {

    /**
     * A table or view.
     *
     * @param alias the name the query knows it by when that is another
     * @param only whether ONLY leaves the tables below it alone
     * @param rowsLocked whether a FOR UPDATE clause or its like locks the rows read
     */
    public record Source(ObjectName relation, Optional<String> alias, boolean only, boolean rowsLocked) {}

    /** A function as called, possibly schema-qualified. */
    public record FunctionName(Optional<String> schema, String name) {}

    /** An element of the select list, and what PostgreSQL calls it. */
    public record Output(String name, Expression value) {}

    /** A FOR UPDATE clause or its like; no relations means all of the query's. */
    public record RowLock(Strength strength, List<ObjectName> relations) {
        public enum Strength {
            KEY_SHARE,
            SHARE,
            NO_KEY_UPDATE,
            UPDATE
        }

        public RowLock {
            relations = List.copyOf(relations);
        }
    }

    public static final Query NONE =
            new Query(List.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty(), false, List.of());

    public Query {
        sources = List.copyOf(sources);
        functions = List.copyOf(functions);
        columns = List.copyOf(columns);
        outputs = List.copyOf(outputs);
        modifications = List.copyOf(modifications);
        rowLocks = List.copyOf(rowLocks);
    }

    public List<ObjectName> relations() {
        return sources.stream().map(Source::relation).toList();
    }

    /** With another select list. */
    public Query withOutputs(List<Output> newOutputs) {
        return new Query(sources, functions, columns, newOutputs, modifications, where, limited, rowLocks);
    }

    /** Without one of the relations: the target of SELECT INTO stands among them. */
    public Query without(ObjectName relation) {
        return new Query(
                sources.stream()
                        .filter(source -> !source.relation().span().equals(relation.span()))
                        .toList(),
                functions,
                columns,
                outputs,
                modifications,
                where,
                limited,
                rowLocks);
    }
}
