package dev.lockstep.rules.support;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Index;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Expression.Operation;
import dev.lockstep.sql.Statement.IndexKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How many rows a WHERE clause can let through. */
public final class RowBounds {

    private final Catalog catalog;
    private final QualifiedName table;

    public RowBounds(Catalog catalog, QualifiedName table) {
        this.catalog = catalog;
        this.table = table;
    }

    /**
     * Whether the clause bounds the number of rows by what it says itself: a unique key pinned to constants or to a range between two, or a
     * sub-select with a LIMIT. In a table of unknown shape, a column {@code id} counts as a key.
     */
    public boolean isBounded(Expression where) {
        List<Expression> conjuncts = conjuncts(where).toList();
        if (conjuncts.stream().anyMatch(RowBounds::isLimited)) {
            return true;
        }
        Set<String> pinned = new HashSet<>();
        conjuncts.stream().flatMap(conjunct -> pinned(conjunct).stream()).forEach(pinned::add);
        boundedBothWays(conjuncts).forEach(pinned::add);
        return keys().anyMatch(pinned::containsAll);
    }

    /** Whether the clause goes along a column up to, or from, what a variable of the code around it holds. */
    public boolean isBoundedByVariable(Expression where) {
        return conjuncts(where)
                .anyMatch(conjunct -> conjunct instanceof Operation operation
                        && (operation.operator().startsWith("<")
                                || operation.operator().startsWith(">"))
                        && operation
                                .left()
                                .filter(Expression.ColumnReference.class::isInstance)
                                .isPresent()
                        && operation.right() instanceof Expression.Variable);
    }

    private static Stream<Expression> conjuncts(Expression expression) {
        return expression instanceof Expression.Logical logical
                        && logical.connective() == Expression.Logical.Connective.AND
                ? logical.operands().stream().flatMap(RowBounds::conjuncts)
                : Stream.of(expression);
    }

    /** {@code key IN (SELECT … LIMIT n)}, {@code ctid = ANY (ARRAY(SELECT … LIMIT n))}. */
    private static boolean isLimited(Expression conjunct) {
        if (conjunct instanceof Expression.Subquery subquery) {
            return subquery.tested().isPresent() && subquery.query().limited();
        }
        return conjunct instanceof Operation operation
                && operation.operator().equals("=")
                && operation.right() instanceof Expression.Subquery subquery
                && subquery.query().limited();
    }

    private static Optional<String> pinned(Expression conjunct) {
        if (!(conjunct instanceof Operation operation) || !operation.operator().equals("=")) {
            return Optional.empty();
        }
        return switch (operation.kind()) {
            case PLAIN ->
                column(operation.left(), operation.right())
                        .or(() -> column(
                                Optional.of(operation.right()), operation.left().orElse(operation.right())));
            case IN, ANY -> column(operation.left(), operation.right());
            default -> Optional.empty();
        };
    }

    private static Optional<String> column(Optional<Expression> side, Expression value) {
        return side.filter(Expression.ColumnReference.class::isInstance)
                .map(reference -> ((Expression.ColumnReference) reference).column())
                .filter(column -> isConstant(value));
    }

    private static boolean isConstant(Expression value) {
        if (value instanceof Expression.ColumnReference reference) {
            return reference.column().startsWith("${");
        }
        return value instanceof Expression.Literal
                || value instanceof Expression.Variable
                || value instanceof Expression.Cast cast && isConstant(cast.operand())
                || value instanceof Expression.ValueList list
                        && list.values().stream().allMatch(RowBounds::isConstant)
                || value instanceof Operation operation
                        && operation.kind() == Operation.Kind.PLAIN
                        && operation.left().filter(left -> !isConstant(left)).isEmpty()
                        && isConstant(operation.right());
    }

    /** The columns held between two constants. */
    private static Stream<String> boundedBothWays(List<Expression> conjuncts) {
        Set<String> above = new HashSet<>();
        Set<String> below = new HashSet<>();
        for (Expression conjunct : conjuncts) {
            if (!(conjunct instanceof Operation operation)) {
                continue;
            }
            Optional<String> column = column(operation.left(), operation.right());
            if (operation.kind() == Operation.Kind.BETWEEN
                            && operation.operator().equals("BETWEEN")
                    || operation.operator().startsWith(">")) {
                column.ifPresent(above::add);
            }
            if (operation.kind() == Operation.Kind.BETWEEN
                            && operation.operator().equals("BETWEEN")
                    || operation.operator().startsWith("<")
                            && !operation.operator().equals("<>")) {
                column.ifPresent(below::add);
            }
        }
        return above.stream().filter(below::contains);
    }

    private Stream<List<String>> keys() {
        Optional<Table> known = catalog.table(table).value();
        Stream<List<String>> constraints = known.stream()
                .flatMap(found -> found.constraints().stream())
                .filter(constraint -> constraint.kind() == TableConstraint.Kind.PRIMARY_KEY
                        || constraint.kind() == TableConstraint.Kind.UNIQUE)
                .map(TableConstraint::columns)
                .filter(columns -> !columns.isEmpty());
        Stream<List<String>> indexes = catalog.indexesOf(table).stream()
                .filter(index -> index.unique() && index.predicate().isEmpty())
                .map(RowBounds::columns)
                .flatMap(Optional::stream);
        Stream<List<String>> assumed =
                known.filter(Table::complete).isPresent() ? Stream.of() : Stream.of(List.of("id"));
        return Stream.of(constraints, indexes, assumed).flatMap(keys -> keys);
    }

    private static Optional<List<String>> columns(Index index) {
        return index.keys().stream().allMatch(key -> key.column().isPresent())
                ? Optional.of(index.keys().stream()
                        .map(IndexKey::column)
                        .flatMap(Optional::stream)
                        .toList())
                : Optional.empty();
    }
}
