package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ALTER TABLE and its kin. The tree gives actions no location: the n-th action is the n-th element after the relation's name. */
final class AlterTableMapper {

    private final MappingContext context;
    private final ExpressionMapper expressions;
    private final TableMapper tables;

    AlterTableMapper(MappingContext context, ExpressionMapper expressions, TableMapper tables) {
        this.context = context;
        this.expressions = expressions;
        this.tables = tables;
    }

    Statement map(TreeNode node) {
        TreeNode rangeVar = node.node("relation").orElse(TreeNode.EMPTY).body();
        ObjectName table = context.relation(rangeVar);
        int offset = context.offset(rangeVar);
        List<TreeNode> commands = node.list("cmds").stream().map(TreeNode::body).toList();
        List<Span> places = context.tokens().elements(context.tokens().afterRelation(offset));
        boolean placed = places.size() == commands.size();
        List<AlterAction> actions = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            actions.add(action(
                    commands.get(i), placed ? places.get(i) : context.tokens().statement()));
        }
        return new Statement.AlterTable(
                ObjectKinds.of(node.string("objtype")),
                table,
                !rangeVar.flag("inh"),
                node.flag("missing_ok"),
                actions,
                context.tokens().head(offset),
                context.tokens().statement());
    }

    private AlterAction action(TreeNode command, Span span) {
        String subtype = command.string("subtype");
        String name = context.column(command.string("name"));
        TreeNode definition = command.node("def").orElse(TreeNode.EMPTY);
        boolean cascade = command.string("behavior").equals("DROP_CASCADE");
        return switch (subtype) {
            case "AT_AddColumn" ->
                new AlterAction.AddColumn(tables.column(definition.body()), command.flag("missing_ok"), span);
            case "AT_DropColumn" -> new AlterAction.DropColumn(name, command.flag("missing_ok"), cascade, span);
            case "AT_AlterColumnType" -> columnType(name, definition.body(), span);
            case "AT_ColumnDefault" ->
                definition == TreeNode.EMPTY
                        ? new AlterAction.DropDefault(name, span)
                        : new AlterAction.SetDefault(name, expressions.map(definition), span);
            case "AT_SetNotNull" -> new AlterAction.SetNotNull(name, span);
            case "AT_DropNotNull" -> new AlterAction.DropNotNull(name, span);
            case "AT_AddConstraint" ->
                tables.tableConstraint(definition.body())
                        .<AlterAction>map(constraint -> new AlterAction.AddConstraint(constraint, span))
                        .orElse(other(subtype, name, definition, span));
            case "AT_DropConstraint" -> new AlterAction.DropConstraint(name, command.flag("missing_ok"), cascade, span);
            case "AT_ValidateConstraint" -> new AlterAction.ValidateConstraint(name, span);
            case "AT_AttachPartition" ->
                new AlterAction.AttachPartition(
                        partition(definition.body()),
                        definition
                                .body()
                                .node("bound")
                                .map(bound -> bound.body().flag("is_default"))
                                .orElse(false),
                        span);
            case "AT_DetachPartition" ->
                new AlterAction.DetachPartition(
                        partition(definition.body()),
                        definition.body().flag("concurrent")
                                ? AlterAction.DetachPartition.Mode.CONCURRENTLY
                                : AlterAction.DetachPartition.Mode.PLAIN,
                        span);
            case "AT_DetachPartitionFinalize" ->
                new AlterAction.DetachPartition(
                        partition(definition.body()), AlterAction.DetachPartition.Mode.FINALIZE, span);
            default -> other(subtype, name, definition, span);
        };
    }

    private AlterAction columnType(String name, TreeNode definition, Span span) {
        return new AlterAction.AlterColumnType(
                name,
                expressions.type(
                        definition.node("typeName").orElse(TreeNode.EMPTY).body()),
                definition
                        .node("collClause")
                        .map(clause -> String.join(".", clause.body().strings("collname"))),
                definition.node("raw_default").map(expressions::map),
                span);
    }

    private ObjectName partition(TreeNode command) {
        return context.relation(command.node("name").orElse(TreeNode.EMPTY).body());
    }

    private static AlterAction other(String subtype, String name, TreeNode definition, Span span) {
        List<String> options = definition.tag().equals("List")
                ? definition.body().list("items").stream()
                        .map(item -> item.body().string("defname"))
                        .toList()
                : List.of();
        return new AlterAction.Other(subtype, Optional.of(name).filter(text -> !text.isEmpty()), options, span);
    }
}
