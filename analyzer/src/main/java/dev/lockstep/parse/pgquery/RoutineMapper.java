package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Option;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.RoutineStatement.Body;
import dev.lockstep.sql.RoutineStatement.Parameter;
import dev.lockstep.sql.RoutineStatement.Volatility;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Functions, procedures, DO and CALL. */
final class RoutineMapper {

    private final MappingContext context;
    private final ExpressionMapper expressions;
    private final SqlBodies bodies;

    RoutineMapper(MappingContext context, ExpressionMapper expressions, SqlBodies bodies) {
        this.context = context;
        this.expressions = expressions;
        this.bodies = bodies;
    }

    Optional<Statement> map(String tag, TreeNode node, Span span) {
        return switch (tag) {
            case "CreateFunctionStmt" -> Optional.of(createFunction(node, span));
            case "AlterFunctionStmt" -> Optional.of(alterFunction(node, span));
            case "DoStmt" -> Optional.of(doBlock(node, span));
            case "CallStmt" -> Optional.of(call(node, span));
            default -> Optional.empty();
        };
    }

    private Statement createFunction(TreeNode node, Span span) {
        List<Option> options = Options.of(node, "options");
        Optional<String> source = Options.argument(node, "options", "as")
                .map(MappingContext::nameParts)
                .filter(parts -> !parts.isEmpty())
                .map(parts -> parts.get(0));
        Optional<TreeNode> standardBody = node.node("sql_body");
        // A body without quotes can only be SQL, and so can a function without LANGUAGE.
        String language = Options.value(options, "language").orElse("sql");
        return new RoutineStatement.CreateFunction(
                context.name(node.strings("funcname"), 2),
                node.flag("is_procedure"),
                node.flag("replace"),
                node.list("parameters").stream()
                        .map(parameter -> parameter(parameter.body()))
                        .toList(),
                node.node("returnType").map(type -> expressions.type(type.body())),
                language,
                Options.value(options, "volatility").map(Volatility::of),
                source.map(text -> body(text, literal("as"), language, names(node)))
                        .or(() -> standardBody.map(body -> standardBody())),
                standardBody.isPresent()
                        ? standardValue(standardBody.get())
                        : source.flatMap(text -> value(language, text)),
                Options.isOn(options, "strict"),
                Options.isOn(options, "security"),
                settings(node, "options"),
                span);
    }

    private Parameter parameter(TreeNode node) {
        Parameter.Mode mode = switch (node.string("mode")) {
            case "FUNC_PARAM_OUT" -> Parameter.Mode.OUT;
            case "FUNC_PARAM_INOUT" -> Parameter.Mode.INOUT;
            case "FUNC_PARAM_VARIADIC" -> Parameter.Mode.VARIADIC;
            case "FUNC_PARAM_TABLE" -> Parameter.Mode.TABLE;
            default -> Parameter.Mode.IN;
        };
        return new Parameter(
                node.nonEmpty("name"),
                expressions.type(node.node("argType").orElse(TreeNode.EMPTY).body()),
                mode,
                node.has("defexpr"));
    }

    private static List<String> names(TreeNode node) {
        return node.list("parameters").stream()
                .flatMap(parameter -> parameter.body().nonEmpty("name").stream())
                .toList();
    }

    private Body body(String source, OptionalInt literal, String language, List<String> parameters) {
        return literal.isPresent()
                ? bodies.read(context.tokens(), literal.getAsInt(), literal.getAsInt(), source, language, parameters)
                : new Body(source, context.tokens().statement(), Optional.empty(), List.of());
    }

    /** The literal after the last such keyword that has one: {@code AS 'source'}. */
    private OptionalInt literal(String keyword) {
        TokenIndex tokens = context.tokens();
        for (int i = tokens.size() - 2; i >= 0; i--) {
            if (tokens.isWord(i, keyword) && tokens.isLiteral(i + 1)) {
                return OptionalInt.of(i + 1);
            }
        }
        return OptionalInt.empty();
    }

    /** {@code RETURN expression} or {@code BEGIN ATOMIC … END}. */
    private Body standardBody() {
        TokenIndex tokens = context.tokens();
        int first = tokens.word("atomic", 0)
                .map(atomic -> atomic - 1)
                .or(() -> tokens.word("return", 0))
                .orElse(0);
        int last = tokens.size() - 1;
        boolean atomic = tokens.isWord(first + 1, "atomic");
        Body inside = atomic && first + 2 < last
                ? bodies.read(tokens, first + 2, last - 1, "", "sql", List.of())
                : atomic
                        ? new Body("", tokens.toEnd(first), Optional.empty(), List.of())
                        : bodies.read(tokens, first, last, "", "sql", List.of());
        return new Body(tokens.text(first, last), tokens.toEnd(first), inside.code(), inside.problems());
    }

    private Optional<Expression> standardValue(TreeNode body) {
        return body.tag().equals("ReturnStmt") ? body.body().node("returnval").map(expressions::map) : Optional.empty();
    }

    /** The one expression that an SQL function's body selects, if that is all it does. */
    private Optional<Expression> value(String language, String source) {
        if (!language.equals("sql")) {
            return Optional.empty();
        }
        List<TreeNode> statements = bodies.parse(source);
        if (statements.size() != 1) {
            return Optional.empty();
        }
        TreeNode statement = statements.get(0).node("stmt").orElse(TreeNode.EMPTY);
        TreeNode select = statement.body();
        List<TreeNode> targets = select.list("targetList");
        boolean plain = statement.tag().equals("SelectStmt")
                && targets.size() == 1
                && NOT_PLAIN.stream().noneMatch(select::has);
        return plain ? targets.get(0).body().node("val").map(expressions::map) : Optional.empty();
    }

    private static final List<String> NOT_PLAIN = List.of(
            "fromClause",
            "whereClause",
            "groupClause",
            "havingClause",
            "windowClause",
            "sortClause",
            "limitCount",
            "limitOffset",
            "distinctClause",
            "lockingClause",
            "withClause",
            "intoClause");

    private static List<String> settings(TreeNode node, String field) {
        return node.list(field).stream()
                .map(TreeNode::body)
                .filter(element -> element.string("defname").equals("set"))
                .flatMap(element -> element.node("arg").stream())
                .filter(argument -> !argument.body().string("kind").startsWith("VAR_RESET"))
                .map(argument -> argument.body().string("name"))
                .toList();
    }

    private Statement alterFunction(TreeNode node, Span span) {
        TreeNode function = node.node("func").orElse(TreeNode.EMPTY);
        List<Option> options = Options.of(node, "actions");
        return new RoutineStatement.AlterFunction(
                ObjectKinds.of(node.string("objtype")),
                context.name(function.body().strings("objname"), 2),
                expressions.arguments(function),
                Options.value(options, "volatility").map(Volatility::of),
                Options.value(options, "strict").map(Boolean::valueOf),
                Options.value(options, "security").map(Boolean::valueOf),
                settings(node, "actions"),
                span);
    }

    private Statement doBlock(TreeNode node, Span span) {
        List<Option> options = Options.of(node, "args");
        String source = Options.argument(node, "args", "as")
                .map(argument -> argument.body().string("sval"))
                .orElse("");
        TokenIndex tokens = context.tokens();
        OptionalInt literal = IntStream.range(0, tokens.size())
                .filter(i -> tokens.isLiteral(i) && !tokens.isWord(i - 1, "language"))
                .findFirst();
        String language = Options.value(options, "language").orElse("plpgsql");
        return new RoutineStatement.DoBlock(language, body(source, literal, language, List.of()), span);
    }

    private Statement call(TreeNode node, Span span) {
        TreeNode call = node.node("funccall").orElse(TreeNode.EMPTY).body();
        return new RoutineStatement.Call(
                context.name(call.strings("funcname"), 1),
                call.list("args").stream().map(expressions::map).toList(),
                span);
    }
}
