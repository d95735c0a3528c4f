package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.TypeStatement;
import dev.lockstep.sql.TypeStatement.DomainAction;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types and domains. */
final class TypeMapper {

    private final MappingContext context;
    private final ExpressionMapper expressions;
    private final TableMapper tables;

    TypeMapper(MappingContext context, ExpressionMapper expressions, TableMapper tables) {
        this.context = context;
        this.expressions = expressions;
        this.tables = tables;
    }

    Optional<Statement> map(String tag, TreeNode node, Span span) {
        return switch (tag) {
            case "CreateEnumStmt" ->
                Optional.of(new TypeStatement.CreateEnum(name(node, "typeName"), node.strings("vals"), span));
            case "AlterEnumStmt" -> Optional.of(alterEnum(node, span));
            case "CompositeTypeStmt" ->
                Optional.of(new TypeStatement.CreateCompositeType(
                        context.relation(
                                node.node("typevar").orElse(TreeNode.EMPTY).body()),
                        node.list("coldeflist").stream()
                                .map(attribute -> tables.column(attribute.body()))
                                .toList(),
                        span));
            case "CreateRangeStmt" ->
                Optional.of(new TypeStatement.CreateRange(
                        name(node, "typeName"),
                        Options.argument(node, "params", "subtype").map(type -> expressions.type(type.body())),
                        Options.of(node, "params"),
                        span));
            case "CreateDomainStmt" -> Optional.of(createDomain(node, span));
            case "AlterDomainStmt" ->
                domainAction(node).map(action -> new TypeStatement.AlterDomain(name(node, "typeName"), action, span));
            default -> Optional.empty();
        };
    }

    /** The word before the name, TYPE or DOMAIN, is the statement's second. */
    private ObjectName name(TreeNode node, String field) {
        return context.name(node.strings(field), 2);
    }

    private Statement alterEnum(TreeNode node, Span span) {
        ObjectName type = name(node, "typeName");
        return node.nonEmpty("oldVal")
                .<Statement>map(old -> new TypeStatement.RenameEnumValue(type, old, node.string("newVal"), span))
                .orElseGet(() -> new TypeStatement.AddEnumValue(
                        type,
                        node.string("newVal"),
                        node.flag("skipIfNewValExists"),
                        node.nonEmpty("newValNeighbor"),
                        node.flag("newValIsAfter"),
                        span));
    }

    private Statement createDomain(TreeNode node, Span span) {
        Optional<Expression> defaultValue = Optional.empty();
        List<Constraint> constraints = new ArrayList<>();
        List<TreeNode> clauses =
                node.list("constraints").stream().map(TreeNode::body).toList();
        for (int i = 0; i < clauses.size(); i++) {
            TreeNode clause = clauses.get(i);
            if (clause.string("contype").equals("CONSTR_DEFAULT")) {
                defaultValue = clause.node("raw_expr").map(expressions::map);
            } else {
                tables.domainConstraint(clause, clauses.stream().skip(i + 1L).findFirst())
                        .ifPresent(constraints::add);
            }
        }
        return new TypeStatement.CreateDomain(
                name(node, "domainname"),
                expressions.type(node.node("typeName").orElse(TreeNode.EMPTY).body()),
                node.node("collClause")
                        .map(clause -> String.join(".", clause.body().strings("collname"))),
                defaultValue,
                constraints,
                span);
    }

    private Optional<DomainAction> domainAction(TreeNode node) {
        String name = context.column(node.string("name"));
        return switch (node.string("subtype")) {
            case "T" ->
                Optional.of(node.node("def")
                        .map(expressions::map)
                        .<DomainAction>map(DomainAction.SetDefault::new)
                        .orElseGet(DomainAction.DropDefault::new));
            case "O" -> Optional.of(new DomainAction.SetNotNull());
            case "N" -> Optional.of(new DomainAction.DropNotNull());
            case "C" ->
                node.node("def")
                        .flatMap(constraint -> tables.domainConstraint(constraint.body(), Optional.empty()))
                        .map(DomainAction.AddConstraint::new);
            case "X" ->
                Optional.of(new DomainAction.DropConstraint(
                        name, node.flag("missing_ok"), StatementMapper.isCascade(node)));
            case "V" -> Optional.of(new DomainAction.ValidateConstraint(name));
            default -> Optional.empty();
        };
    }
}
