package dev.lockstep.parse.pgquery;

import java.util.List;
import java.util.Optional;

/** The word PostgreSQL takes from an expression to name an index on it, as it names the columns of a SELECT. */
final class ExpressionLabels {

    /** A name taken from the expression itself beats one taken from its type. */
    private record Label(String name, boolean strong) {}

    private ExpressionLabels() {}

    static Optional<String> label(TreeNode expression) {
        return find(expression).map(Label::name);
    }

    private static Optional<Label> find(TreeNode wrapper) {
        TreeNode node = wrapper.body();
        return switch (wrapper.tag()) {
            case "ColumnRef" ->
                last(node.list("fields").stream()
                        .filter(field -> !field.tag().equals("A_Star"))
                        .map(field -> field.body().string("sval"))
                        .toList());
            case "FuncCall" -> last(node.strings("funcname"));
            case "A_Expr" -> node.string("kind").equals("AEXPR_NULLIF") ? strong("nullif") : Optional.empty();
            case "TypeCast" -> {
                Optional<Label> operand = node.node("arg").flatMap(ExpressionLabels::find);
                yield operand.filter(Label::strong).isPresent()
                        ? operand
                        : last(node.node("typeName")
                                        .orElse(TreeNode.EMPTY)
                                        .body()
                                        .strings("names"))
                                .map(label -> new Label(label.name(), false));
            }
            case "CollateClause" -> node.node("arg").flatMap(ExpressionLabels::find);
            case "A_Indirection" -> indirection(node);
            case "GroupingFunc" -> strong("grouping");
            case "SubLink" -> subquery(node);
            case "CaseExpr" -> {
                Optional<Label> otherwise = node.node("defresult").flatMap(ExpressionLabels::find);
                yield otherwise.filter(Label::strong).isPresent() ? otherwise : Optional.of(new Label("case", false));
            }
            case "A_ArrayExpr" -> strong("array");
            case "RowExpr" -> strong("row");
            case "CoalesceExpr" -> strong("coalesce");
            case "MinMaxExpr" -> strong(node.string("op").equals("IS_LEAST") ? "least" : "greatest");
            case "SQLValueFunction" -> strong(ExpressionMapper.valueFunction(node.string("op")));
            case "XmlExpr" -> xml(node.string("op"));
            case "XmlSerialize" -> strong("xmlserialize");
            default -> Optional.empty();
        };
    }

    private static Optional<Label> indirection(TreeNode node) {
        List<String> fields = node.list("indirection").stream()
                .filter(step -> step.tag().equals("String"))
                .map(step -> step.body().string("sval"))
                .toList();
        return fields.isEmpty() ? node.node("arg").flatMap(ExpressionLabels::find) : last(fields);
    }

    private static Optional<Label> subquery(TreeNode node) {
        return switch (node.string("subLinkType")) {
            case "EXISTS_SUBLINK" -> strong("exists");
            case "ARRAY_SUBLINK" -> strong("array");
            default -> Optional.empty();
        };
    }

    private static Optional<Label> xml(String operation) {
        return switch (operation) {
            case "IS_XMLCONCAT" -> strong("xmlconcat");
            case "IS_XMLELEMENT" -> strong("xmlelement");
            case "IS_XMLFOREST" -> strong("xmlforest");
            case "IS_XMLPARSE" -> strong("xmlparse");
            case "IS_XMLPI" -> strong("xmlpi");
            case "IS_XMLROOT" -> strong("xmlroot");
            default -> Optional.empty();
        };
    }

    private static Optional<Label> last(List<String> parts) {
        return parts.isEmpty() ? Optional.empty() : strong(parts.get(parts.size() - 1));
    }

    private static Optional<Label> strong(String name) {
        return Optional.of(new Label(name, true));
    }
}
