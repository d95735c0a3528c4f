package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.TypeName;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/** Expressions and type names. */
final class ExpressionMapper {

    /** Deeper expressions are kept as opaque: no judgement depends on them, and no thread's stack should either. */
    private static final int DEEPEST = 400;

    private final MappingContext context;
    private final QueryMapper queries;

    ExpressionMapper(MappingContext context, QueryMapper queries) {
        this.context = context;
        this.queries = queries;
    }

    Expression map(TreeNode node) {
        return map(node, 0);
    }

    /** {@code depth} is how many expressions this one is inside. */
    Expression map(TreeNode wrapper, int depth) {
        String tag = wrapper.tag();
        TreeNode node = wrapper.body();
        if (depth > DEEPEST) {
            return new Expression.Other(tag, List.of());
        }
        return switch (tag) {
            case "A_Const" -> literal(node);
            case "ColumnRef" -> {
                Expression.ColumnReference reference = columnReference(node);
                yield context.isVariable(reference.parts()) ? new Expression.Variable(reference.parts()) : reference;
            }
            case "ParamRef" -> new Expression.Variable(List.of("$" + node.integer("number")));
            case "FuncCall" -> call(node, depth);
            case "SQLValueFunction" ->
                new Expression.FunctionCall(Optional.of("pg_catalog"), valueFunction(node.string("op")), List.of());
            case "A_Expr" -> operation(node, depth);
            case "BoolExpr" ->
                new Expression.Logical(
                        switch (node.string("boolop")) {
                            case "AND_EXPR" -> Expression.Logical.Connective.AND;
                            case "OR_EXPR" -> Expression.Logical.Connective.OR;
                            default -> Expression.Logical.Connective.NOT;
                        },
                        all(node.list("args"), depth));
            case "NullTest" ->
                new Expression.NullTest(
                        operand(node, "arg", depth), node.string("nulltesttype").equals("IS_NULL"));
            case "TypeCast" ->
                new Expression.Cast(
                        operand(node, "arg", depth), type(node.node("typeName").orElse(TreeNode.EMPTY)));
            case "List" -> new Expression.ValueList(all(node.list("items"), depth));
            case "A_ArrayExpr" -> new Expression.ValueList(all(node.list("elements"), depth));
            case "RowExpr" -> new Expression.ValueList(all(node.list("args"), depth));
            case "SubLink" -> {
                Expression.Subquery subquery = new Expression.Subquery(
                        node.node("testexpr").map(tested -> map(tested, depth + 1)),
                        queries.query(node.node("subselect").orElse(TreeNode.EMPTY), depth + 1));
                yield node.string("subLinkType").equals("EXISTS_SUBLINK")
                        ? new Expression.Other("EXISTS", List.of(subquery))
                        : subquery;
            }
            default ->
                new Expression.Other(
                        tag,
                        node.children().stream()
                                .filter(child -> !child.tag().isEmpty())
                                .map(child -> map(child, depth + 1))
                                .toList());
        };
    }

    Expression.ColumnReference columnReference(TreeNode node) {
        return new Expression.ColumnReference(node.list("fields").stream()
                .map(field -> field.tag().equals("A_Star")
                        ? "*"
                        : context.column(field.body().string("sval")))
                .toList());
    }

    private List<Expression> all(List<TreeNode> nodes, int depth) {
        return nodes.stream().map(node -> map(node, depth + 1)).toList();
    }

    private Expression operand(TreeNode node, String field, int depth) {
        return node.node(field).map(child -> map(child, depth + 1)).orElse(new Expression.Other("", List.of()));
    }

    private static Expression literal(TreeNode node) {
        if (node.flag("isnull")) {
            return new Expression.Literal(Expression.Literal.Kind.NULL, "");
        }
        if (node.has("sval")) {
            return new Expression.Literal(
                    Expression.Literal.Kind.STRING,
                    node.node("sval").map(value -> value.string("sval")).orElse(node.string("sval")));
        }
        if (node.has("boolval")) {
            boolean value =
                    node.node("boolval").map(inner -> inner.flag("boolval")).orElse(false);
            return new Expression.Literal(Expression.Literal.Kind.BOOLEAN, String.valueOf(value));
        }
        if (node.has("fval")) {
            return new Expression.Literal(
                    Expression.Literal.Kind.NUMBER,
                    node.node("fval").map(value -> value.string("fval")).orElse(""));
        }
        if (node.has("ival")) {
            int value = node.node("ival").map(inner -> inner.integer("ival")).orElse(0);
            return new Expression.Literal(Expression.Literal.Kind.NUMBER, String.valueOf(value));
        }
        return new Expression.Literal(
                Expression.Literal.Kind.STRING,
                node.node("bsval").map(value -> value.string("bsval")).orElse(""));
    }

    private Expression.FunctionCall call(TreeNode node, int depth) {
        Query.FunctionName name = functionName(node);
        return new Expression.FunctionCall(name.schema(), name.name(), all(node.list("args"), depth));
    }

    Query.FunctionName functionName(TreeNode call) {
        List<String> parts = call.strings("funcname");
        int last = parts.size() - 1;
        return new Query.FunctionName(
                last > 0 ? Optional.of(parts.get(last - 1)) : Optional.empty(), last < 0 ? "" : parts.get(last));
    }

    /** The SQL value functions, under the name that {@code pg_proc} gives their nearest kin. */
    static String valueFunction(String op) {
        return switch (op) {
            case "SVFOP_CURRENT_DATE" -> "current_date";
            case "SVFOP_CURRENT_TIME", "SVFOP_CURRENT_TIME_N" -> "current_time";
            case "SVFOP_CURRENT_TIMESTAMP", "SVFOP_CURRENT_TIMESTAMP_N" -> "current_timestamp";
            case "SVFOP_LOCALTIME", "SVFOP_LOCALTIME_N" -> "localtime";
            case "SVFOP_LOCALTIMESTAMP", "SVFOP_LOCALTIMESTAMP_N" -> "localtimestamp";
            case "SVFOP_CURRENT_CATALOG" -> "current_catalog";
            case "SVFOP_CURRENT_SCHEMA" -> "current_schema";
            case "SVFOP_SESSION_USER" -> "session_user";
            default -> "current_user";
        };
    }

    private Expression operation(TreeNode node, int depth) {
        Expression.Operation.Kind kind = switch (node.string("kind")) {
            case "AEXPR_OP" -> Expression.Operation.Kind.PLAIN;
            case "AEXPR_OP_ANY" -> Expression.Operation.Kind.ANY;
            case "AEXPR_OP_ALL" -> Expression.Operation.Kind.ALL;
            case "AEXPR_IN" -> Expression.Operation.Kind.IN;
            case "AEXPR_LIKE", "AEXPR_ILIKE" -> Expression.Operation.Kind.LIKE;
            case "AEXPR_BETWEEN" -> Expression.Operation.Kind.BETWEEN;
            default -> Expression.Operation.Kind.OTHER;
        };
        List<String> operator = node.strings("name");
        return new Expression.Operation(
                kind,
                operator.isEmpty() ? "" : operator.get(operator.size() - 1),
                node.node("lexpr").map(left -> map(left, depth + 1)),
                operand(node, "rexpr", depth));
    }

    /** A key of an index or partitioned table: an {@code IndexElem} or its like. */
    Statement.IndexKey key(TreeNode node) {
        Optional<String> column = node.nonEmpty("name").map(context::column);
        return new Statement.IndexKey(
                column,
                node.node("expr").map(this::map),
                column.orElseGet(() -> node.node("expr")
                        .flatMap(ExpressionLabels::label)
                        .map(context::column)
                        .orElse("expr")),
                qualified(node, "collation"),
                qualified(node, "opclass"),
                node.string("ordering").equals("SORTBY_DESC"),
                node.string("nulls_ordering").equals("SORTBY_NULLS_FIRST"));
    }

    private static Optional<String> qualified(TreeNode node, String field) {
        return Optional.of(String.join(".", node.strings(field))).filter(name -> !name.isEmpty());
    }

    /** The argument types of an {@code ObjectWithArgs}, absent when none are written. */
    Optional<List<TypeName>> arguments(TreeNode object) {
        TreeNode body = object.body();
        if (!object.tag().equals("ObjectWithArgs") && !body.has("objname") || body.flag("args_unspecified")) {
            return Optional.empty();
        }
        return Optional.of(body.list("objargs").stream()
                .filter(argument -> argument.tag().equals("TypeName"))
                .map(argument -> type(argument.body()))
                .toList());
    }

    TypeName type(TreeNode node) {
        List<String> parts = node.strings("names");
        int last = parts.size() - 1;
        int first = context.tokens().at(context.offset(node));
        Span span = context.tokens().span(first, context.tokens().typeEnd(first));
        return new TypeName(
                last > 0 ? Optional.of(parts.get(last - 1)) : Optional.empty(),
                last < 0 ? "" : context.column(parts.get(last)),
                node.list("typmods").stream()
                        .map(this::map)
                        .filter(Expression.Literal.class::isInstance)
                        .map(Expression.Literal.class::cast)
                        .filter(literal -> literal.kind() == Expression.Literal.Kind.NUMBER
                                && literal.text().matches("-?\\d{1,9}"))
                        .map(literal -> Integer.valueOf(literal.text()))
                        .toList(),
                node.list("arrayBounds").size(),
                node.flag("setof"),
                span);
    }
}
