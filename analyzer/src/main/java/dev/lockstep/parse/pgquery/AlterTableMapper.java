package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.AlterAction.ColumnSetting.Kind;
import dev.lockstep.sql.AlterAction.Switch.Mode;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Option;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
                new AlterAction.AddColumn(tables.column(definition.body()), command.flag("missing_ok"), cascade, span);
            case "AT_DropColumn" -> new AlterAction.DropColumn(name, command.flag("missing_ok"), cascade, span);
            case "AT_AlterColumnType" -> columnType(name, definition.body(), cascade, span);
            case "AT_ColumnDefault" ->
                definition == TreeNode.EMPTY
                        ? new AlterAction.DropDefault(name, span)
                        : new AlterAction.SetDefault(name, expressions.map(definition), span);
            case "AT_SetNotNull" -> new AlterAction.SetNotNull(name, span);
            case "AT_DropNotNull" -> new AlterAction.DropNotNull(name, span);
            case "AT_AddConstraint" ->
                tables.tableConstraint(definition.body())
                        .<AlterAction>map(constraint -> new AlterAction.AddConstraint(constraint, span))
                        .orElseGet(() -> new AlterAction.Other(context.tokens().words(span, 3), span));
            case "AT_DropConstraint" -> new AlterAction.DropConstraint(name, command.flag("missing_ok"), cascade, span);
            case "AT_ValidateConstraint" -> new AlterAction.ValidateConstraint(name, span);
            case "AT_AttachPartition" ->
                new AlterAction.AttachPartition(
                        partition(definition.body()),
                        definition.body().node("bound").map(tables::bound),
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
            default -> columnAction(subtype, name, command, span);
        };
    }

    private AlterAction columnAction(String subtype, String name, TreeNode command, Span span) {
        TreeNode definition = command.node("def").orElse(TreeNode.EMPTY);
        boolean ifExists = command.flag("missing_ok");
        return switch (subtype) {
            case "AT_SetExpression" -> new AlterAction.SetExpression(name, expressions.map(definition), span);
            case "AT_DropExpression" -> new AlterAction.DropExpression(name, ifExists, span);
            case "AT_AddIdentity" -> new AlterAction.AddIdentity(name, tables.identity(definition.body(), span), span);
            case "AT_SetIdentity" -> setIdentity(name, Options.of(command, "def"), span);
            case "AT_DropIdentity" -> new AlterAction.DropIdentity(name, ifExists, span);
            case "AT_SetStatistics" -> setting(Kind.STATISTICS, name, command, span);
            case "AT_SetStorage" -> setting(Kind.STORAGE, name, command, span);
            case "AT_SetCompression" -> setting(Kind.COMPRESSION, name, command, span);
            case "AT_SetOptions" -> setting(Kind.SET_OPTIONS, name, command, span);
            case "AT_ResetOptions" -> setting(Kind.RESET_OPTIONS, name, command, span);
            case "AT_AlterColumnGenericOptions" -> setting(Kind.FOREIGN_OPTIONS, name, command, span);
            default -> tableAction(subtype, name, command, span);
        };
    }

    private AlterAction tableAction(String subtype, String name, TreeNode command, Span span) {
        TreeNode definition = command.node("def").orElse(TreeNode.EMPTY);
        return switch (subtype) {
            case "AT_AlterConstraint" -> alterConstraint(definition.body(), span);
            case "AT_SetRelOptions", "AT_ReplaceRelOptions" ->
                new AlterAction.StorageParameters(false, Options.of(command, "def"), span);
            case "AT_ResetRelOptions" -> new AlterAction.StorageParameters(true, Options.of(command, "def"), span);
            case "AT_ClusterOn" -> new AlterAction.ClusterOn(name, span);
            case "AT_SetAccessMethod" ->
                new AlterAction.SetAccessMethod(Optional.of(name).filter(text -> !text.isEmpty()), span);
            case "AT_SetTableSpace" -> new AlterAction.SetTablespace(name, span);
            case "AT_AddInherit" -> new AlterAction.Inherit(context.relation(definition.body()), span);
            case "AT_DropInherit" -> new AlterAction.NoInherit(context.relation(definition.body()), span);
            case "AT_AddOf" -> new AlterAction.OfType(expressions.type(definition.body()), span);
            case "AT_ChangeOwner" ->
                new AlterAction.OwnerTo(context.role(command.node("newowner").orElse(TreeNode.EMPTY)), span);
            case "AT_ReplicaIdentity" -> replicaIdentity(definition.body(), span);
            default -> operandless(subtype, name, span);
        };
    }

    private AlterAction operandless(String subtype, String name, Span span) {
        return switch (subtype) {
            case "AT_SetLogged" -> new AlterAction.Plain(AlterAction.Plain.Kind.SET_LOGGED, span);
            case "AT_SetUnLogged" -> new AlterAction.Plain(AlterAction.Plain.Kind.SET_UNLOGGED, span);
            case "AT_DropCluster" -> new AlterAction.Plain(AlterAction.Plain.Kind.SET_WITHOUT_CLUSTER, span);
            case "AT_DropOids" -> new AlterAction.Plain(AlterAction.Plain.Kind.SET_WITHOUT_OIDS, span);
            case "AT_DropOf" -> new AlterAction.Plain(AlterAction.Plain.Kind.NOT_OF, span);
            case "AT_EnableRowSecurity" ->
                new AlterAction.Plain(AlterAction.Plain.Kind.ENABLE_ROW_LEVEL_SECURITY, span);
            case "AT_DisableRowSecurity" ->
                new AlterAction.Plain(AlterAction.Plain.Kind.DISABLE_ROW_LEVEL_SECURITY, span);
            case "AT_ForceRowSecurity" -> new AlterAction.Plain(AlterAction.Plain.Kind.FORCE_ROW_LEVEL_SECURITY, span);
            case "AT_NoForceRowSecurity" ->
                new AlterAction.Plain(AlterAction.Plain.Kind.NO_FORCE_ROW_LEVEL_SECURITY, span);
            default -> triggerOrRule(subtype, name, span);
        };
    }

    /** {@code AT_EnableTrig}, {@code AT_DisableTrigAll}, {@code AT_EnableReplicaRule} and their kin. */
    private AlterAction triggerOrRule(String subtype, String name, Span span) {
        boolean rule = subtype.endsWith("Rule");
        if (!rule && !subtype.contains("Trig")) {
            return new AlterAction.Other(context.tokens().words(span, 3), span);
        }
        Mode mode = Mode.ENABLE;
        if (subtype.startsWith("AT_Disable")) {
            mode = Mode.DISABLE;
        } else if (subtype.startsWith("AT_EnableAlways")) {
            mode = Mode.ENABLE_ALWAYS;
        } else if (subtype.startsWith("AT_EnableReplica")) {
            mode = Mode.ENABLE_REPLICA;
        }
        return new AlterAction.Switch(
                rule, Optional.of(name).filter(text -> !text.isEmpty()), subtype.endsWith("User"), mode, span);
    }

    private static AlterAction setting(Kind kind, String name, TreeNode command, Span span) {
        TreeNode definition = command.node("def").orElse(TreeNode.EMPTY);
        List<Option> options = definition.tag().equals("List")
                ? Options.of(command, "def")
                : List.of(new Option(
                        kind.name().toLowerCase(Locale.ROOT),
                        Optional.of(Options.text(definition)).filter(text -> !text.isEmpty())));
        return new AlterAction.ColumnSetting(
                kind, name.isEmpty() ? String.valueOf(command.integer("num")) : name, options, span);
    }

    private static AlterAction setIdentity(String name, List<Option> options, Span span) {
        // The argument of "generated" is the code of the character 'a' (ALWAYS) or 'd' (BY DEFAULT).
        return new AlterAction.SetIdentity(
                name,
                Options.value(options, "generated").map(code -> code.equals(String.valueOf((int) 'a'))),
                options.stream()
                        .filter(option -> !option.name().equals("generated"))
                        .toList(),
                span);
    }

    private AlterAction alterConstraint(TreeNode definition, Span span) {
        return new AlterAction.AlterConstraint(
                context.column(definition.string("conname")),
                definition.flag("alterDeferrability")
                        ? Optional.of(TableMapper.deferral(definition, List.of()))
                        : Optional.empty(),
                definition.flag("alterEnforceability") ? Optional.of(definition.flag("is_enforced")) : Optional.empty(),
                definition.flag("alterInheritability") ? Optional.of(definition.flag("noinherit")) : Optional.empty(),
                span);
    }

    private AlterAction replicaIdentity(TreeNode definition, Span span) {
        AlterAction.ReplicaIdentity.Kind kind = switch (definition.string("identity_type")) {
            case "i" -> AlterAction.ReplicaIdentity.Kind.INDEX;
            case "f" -> AlterAction.ReplicaIdentity.Kind.FULL;
            case "n" -> AlterAction.ReplicaIdentity.Kind.NOTHING;
            default -> AlterAction.ReplicaIdentity.Kind.DEFAULT;
        };
        return new AlterAction.ReplicaIdentity(kind, definition.nonEmpty("name").map(context::column), span);
    }

    private AlterAction columnType(String name, TreeNode definition, boolean cascade, Span span) {
        return new AlterAction.AlterColumnType(
                name,
                expressions.type(
                        definition.node("typeName").orElse(TreeNode.EMPTY).body()),
                definition
                        .node("collClause")
                        .map(clause -> String.join(".", clause.body().strings("collname"))),
                definition.node("raw_default").map(expressions::map),
                cascade,
                span);
    }

    private ObjectName partition(TreeNode command) {
        return context.relation(command.node("name").orElse(TreeNode.EMPTY).body());
    }
}
