package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Expression.ColumnReference;
import dev.lockstep.sql.Expression.FunctionCall;
import dev.lockstep.sql.Expression.Literal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Questions about expressions over a table's columns, and changes to them. */
public final class Expressions {

    private Expressions() {}

    /** Whether the expression names {@code column}, under whatever qualification. */
    public static boolean uses(Expression expression, String column) {
        if (expression instanceof ColumnReference reference) {
            return reference.column().equals(column);
        }
        if (expression instanceof Expression.Subquery subquery) {
            return subquery.query().columns().stream()
                            .anyMatch(reference -> reference.column().equals(column))
                    || subquery.tested().filter(tested -> uses(tested, column)).isPresent();
        }
        return expression.children().stream().anyMatch(child -> uses(child, column));
    }

    /** The columns the expression names, in order of appearance. */
    public static Set<String> columns(Expression expression) {
        Set<String> found = new LinkedHashSet<>();
        collect(expression, found);
        return found;
    }

    private static void collect(Expression expression, Set<String> found) {
        if (expression instanceof ColumnReference reference) {
            found.add(reference.column());
        }
        expression.children().forEach(child -> collect(child, found));
    }

    /**
     * Whether a row that does not fail {@code condition} cannot have a NULL in {@code column}. PostgreSQL trusts a validated CHECK for
     * SET NOT NULL by weak implication: {@code c > 0} passes for NULL, {@code c IS NOT NULL} and a conjunction with it do not.
     */
    public static boolean impliesNotNull(Expression condition, String column) {
        if (condition instanceof Expression.NullTest test) {
            return !test.isNull() && isColumn(test.operand(), column);
        }
        if (condition instanceof Expression.Logical logical) {
            return switch (logical.connective()) {
                case AND -> logical.operands().stream().anyMatch(part -> impliesNotNull(part, column));
                case OR -> logical.operands().stream().allMatch(part -> impliesNotNull(part, column));
                case NOT ->
                    logical.operands().stream()
                            .allMatch(part -> part instanceof Expression.NullTest test
                                    && test.isNull()
                                    && isColumn(test.operand(), column));
            };
        }
        return false;
    }

    private static boolean isColumn(Expression expression, String column) {
        return expression instanceof ColumnReference reference
                && reference.column().equals(column);
    }

    /** The expression with {@code change} made to every part of it, innermost first. */
    static Expression rewrite(Expression expression, UnaryOperator<Expression> change) {
        return change.apply(withChildren(expression, inner -> rewrite(inner, change)));
    }

    private static Expression withChildren(Expression expression, UnaryOperator<Expression> change) {
        if (expression instanceof FunctionCall call) {
            return new FunctionCall(call.schema(), call.name(), all(call.arguments(), change));
        }
        if (expression instanceof Expression.Operation operation) {
            return new Expression.Operation(
                    operation.kind(),
                    operation.operator(),
                    operation.left().map(change),
                    change.apply(operation.right()));
        }
        if (expression instanceof Expression.Logical logical) {
            return new Expression.Logical(logical.connective(), all(logical.operands(), change));
        }
        if (expression instanceof Expression.NullTest test) {
            return new Expression.NullTest(change.apply(test.operand()), test.isNull());
        }
        if (expression instanceof Expression.Cast cast) {
            return new Expression.Cast(change.apply(cast.operand()), cast.type());
        }
        if (expression instanceof Expression.ValueList list) {
            return new Expression.ValueList(all(list.values(), change));
        }
        if (expression instanceof Expression.Other other) {
            return new Expression.Other(other.node(), all(other.children(), change));
        }
        return expression;
    }

    private static List<Expression> all(List<Expression> expressions, UnaryOperator<Expression> change) {
        return expressions.stream().map(change).toList();
    }

    /** Carries the rename of a column into an expression. */
    static UnaryOperator<Expression> renaming(UnaryOperator<String> rename) {
        return expression -> rewrite(expression, part -> {
            if (part instanceof ColumnReference reference) {
                List<String> parts = new ArrayList<>(reference.parts());
                parts.set(parts.size() - 1, rename.apply(reference.column()));
                return new ColumnReference(parts);
            }
            return part;
        });
    }

    /** The default of a column that draws from a sequence. */
    static Expression nextValue(QualifiedName sequence) {
        return new FunctionCall(
                Optional.of(TypeNames.BUILT_IN),
                "nextval",
                List.of(new Literal(Literal.Kind.STRING, sequence.literal())));
    }

    /** The sequence of a {@code nextval} or its like whose argument is written out. */
    public static Optional<List<String>> sequenceName(Expression expression) {
        if (!(expression instanceof FunctionCall call)
                || call.schema()
                        .filter(schema -> !schema.equals(TypeNames.BUILT_IN))
                        .isPresent()
                || !SEQUENCE_FUNCTIONS.contains(call.name())
                || call.arguments().isEmpty()) {
            return Optional.empty();
        }
        Expression argument = call.arguments().get(0);
        // A text argument is looked up when it runs; only a regclass is a dependency.
        while (argument instanceof Expression.Cast cast && cast.type().name().equals("regclass")) {
            argument = cast.operand();
        }
        return argument instanceof Literal literal && literal.kind() == Literal.Kind.STRING
                ? Optional.of(QualifiedName.parts(literal.text()))
                : Optional.empty();
    }

    private static final Set<String> SEQUENCE_FUNCTIONS = Set.of("nextval", "currval", "setval");

    /** Collects what an expression of the catalog holds on to. */
    static void link(Expression expression, Set<Link> links) {
        if (expression instanceof FunctionCall call) {
            sequenceName(call)
                    .filter(parts -> parts.size() == 2)
                    .ifPresent(parts ->
                            links.add(new Link(Link.Kind.DRAWS_FROM, new QualifiedName(parts.get(0), parts.get(1)))));
            call.schema()
                    .filter(schema -> !schema.equals(TypeNames.BUILT_IN))
                    .ifPresent(schema -> links.add(new Link(Link.Kind.CALLS, new QualifiedName(schema, call.name()))));
        }
        if (expression instanceof Expression.Cast cast) {
            Link.toType(cast.type(), links);
        }
        expression.children().forEach(child -> link(child, links));
    }

    /** Whether an expression of the catalog has a link. */
    static boolean holds(Expression expression, Link link) {
        Set<Link> links = new LinkedHashSet<>();
        link(expression, links);
        return links.contains(link);
    }
}
