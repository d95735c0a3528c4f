package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.ObjectStatement;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/** Sequences, extensions, replication, privileges, and the kinds of object that are known by their kind alone. */
final class ObjectMapper {

    private final MappingContext context;
    private final KindMapper kinds;

    ObjectMapper(MappingContext context) {
        this.context = context;
        this.kinds = new KindMapper(context);
    }

    Optional<Statement> map(String tag, TreeNode node, Span span) {
        return switch (tag) {
            case "CreateSeqStmt" -> Optional.of(createSequence(node, span));
            case "AlterSeqStmt" -> Optional.of(alterSequence(node, span));
            case "CreateExtensionStmt" ->
                Optional.of(new ObjectStatement.CreateExtension(
                        context.column(node.string("extname")),
                        node.flag("if_not_exists"),
                        Options.argument(node, "options", "schema").map(Options::text),
                        Options.argument(node, "options", "new_version").map(Options::text),
                        span));
            case "CreatePublicationStmt", "AlterPublicationStmt" -> Optional.of(publication(tag, node, span));
            case "CreateSubscriptionStmt", "AlterSubscriptionStmt" -> Optional.of(subscription(tag, node, span));
            case "GrantStmt" -> Optional.of(grant(node, span));
            case "GrantRoleStmt" -> Optional.of(grantRole(node, span));
            case "AlterDefaultPrivilegesStmt" -> Optional.of(defaultPrivileges(node, span));
            case "CommentStmt", "SecLabelStmt" -> Optional.of(comment(tag, node, span));
            case "AlterOwnerStmt" ->
                Optional.of(new ObjectStatement.AlterOwner(
                        ObjectKinds.of(node.string("objectType")),
                        context.name(object(node, "object"), 2),
                        context.role(node.node("newowner").orElse(TreeNode.EMPTY)),
                        span));
            case "ImportForeignSchemaStmt" -> Optional.of(importSchema(node, span));
            case "DropOwnedStmt", "ReassignOwnedStmt" ->
                Optional.of(new ObjectStatement.Owned(
                        context.roles(node, "roles"),
                        node.node("newrole").map(context::role),
                        StatementMapper.isCascade(node),
                        span));
            case "AlterTableMoveAllStmt" ->
                Optional.of(new ObjectStatement.MoveTablespace(
                        ObjectKinds.of(node.string("objtype")),
                        context.column(node.string("orig_tablespacename")),
                        context.column(node.string("new_tablespacename")),
                        node.flag("nowait"),
                        span));
            default -> kinds.map(tag, node, span);
        };
    }

    private static List<String> object(TreeNode node, String field) {
        return MappingContext.nameParts(node.node(field).orElse(TreeNode.EMPTY));
    }

    private Statement createSequence(TreeNode node, Span span) {
        TreeNode rangeVar = node.node("sequence").orElse(TreeNode.EMPTY).body();
        return new ObjectStatement.CreateSequence(
                context.relation(rangeVar),
                StatementMapper.persistence(rangeVar),
                node.flag("if_not_exists"),
                owner(node),
                Options.of(node, "options"),
                span);
    }

    private Statement alterSequence(TreeNode node, Span span) {
        return new ObjectStatement.AlterSequence(
                context.relation(node.node("sequence").orElse(TreeNode.EMPTY).body()),
                node.flag("missing_ok"),
                owner(node),
                Options.of(node, "options"),
                span);
    }

    /** OWNED BY NONE is a name of one part, which no column's can be. */
    private Optional<ObjectStatement.SequenceOwner> owner(TreeNode node) {
        return Options.argument(node, "options", "owned_by").map(argument -> {
            List<String> parts = MappingContext.nameParts(argument);
            int last = parts.size() - 1;
            int from = context.tokens().word("owned", 0).orElse(0);
            return last < 1
                    ? new ObjectStatement.SequenceOwner(Optional.empty(), "")
                    : new ObjectStatement.SequenceOwner(
                            Optional.of(context.name(parts.subList(0, last), from)), context.column(parts.get(last)));
        });
    }

    private Statement publication(String tag, TreeNode node, Span span) {
        boolean create = tag.startsWith("Create");
        ObjectStatement.Publication.Action action = switch (node.string("action")) {
            case "AP_DropObjects" -> ObjectStatement.Publication.Action.DROP;
            case "AP_SetObjects" -> ObjectStatement.Publication.Action.SET;
            default -> ObjectStatement.Publication.Action.ADD;
        };
        List<TreeNode> objects =
                node.list("pubobjects").stream().map(TreeNode::body).toList();
        boolean optionsOnly = !create && objects.isEmpty() && !node.flag("for_all_tables");
        return new ObjectStatement.Publication(
                create,
                context.identifierAfter(node.string("pubname"), 2),
                optionsOnly ? ObjectStatement.Publication.Action.OPTIONS : action,
                node.flag("for_all_tables"),
                objects.stream()
                        .flatMap(object -> object.node("pubtable").stream())
                        .map(table -> context.relation(table.body()
                                .node("relation")
                                .orElse(TreeNode.EMPTY)
                                .body()))
                        .toList(),
                objects.stream()
                        .filter(object -> object.string("pubobjtype").startsWith("PUBLICATIONOBJ_TABLES_IN"))
                        .map(object -> context.column(object.string("name")))
                        .toList(),
                Options.of(node, "options"),
                span);
    }

    private Statement subscription(String tag, TreeNode node, Span span) {
        ObjectStatement.Subscription.Action action = switch (node.string("kind")) {
            case "ALTER_SUBSCRIPTION_OPTIONS" -> ObjectStatement.Subscription.Action.OPTIONS;
            case "ALTER_SUBSCRIPTION_CONNECTION" -> ObjectStatement.Subscription.Action.CONNECTION;
            case "ALTER_SUBSCRIPTION_SET_PUBLICATION" -> ObjectStatement.Subscription.Action.SET_PUBLICATION;
            case "ALTER_SUBSCRIPTION_ADD_PUBLICATION" -> ObjectStatement.Subscription.Action.ADD_PUBLICATION;
            case "ALTER_SUBSCRIPTION_DROP_PUBLICATION" -> ObjectStatement.Subscription.Action.DROP_PUBLICATION;
            case "ALTER_SUBSCRIPTION_REFRESH" -> ObjectStatement.Subscription.Action.REFRESH;
            case "ALTER_SUBSCRIPTION_ENABLED" -> ObjectStatement.Subscription.Action.ENABLE_OR_DISABLE;
            case "ALTER_SUBSCRIPTION_SKIP" -> ObjectStatement.Subscription.Action.SKIP;
            default -> ObjectStatement.Subscription.Action.CREATE;
        };
        return new ObjectStatement.Subscription(
                tag.startsWith("Create") ? ObjectStatement.Subscription.Action.CREATE : action,
                context.identifierAfter(node.string("subname"), 2),
                node.strings("publication"),
                Options.of(node, "options"),
                span);
    }

    private Statement grant(TreeNode node, Span span) {
        int from = context.tokens().word("on", 0).orElse(0);
        List<ObjectName> objects = node.list("objects").stream()
                .map(object -> object.tag().equals("RangeVar")
                        ? context.relation(object.body())
                        : context.name(MappingContext.nameParts(object), from))
                .toList();
        return new ObjectStatement.Grant(
                node.flag("is_grant"),
                ObjectKinds.of(node.string("objtype")),
                objects,
                node.string("targtype").equals("ACL_TARGET_ALL_IN_SCHEMA"),
                privileges(node, "privileges"),
                context.roles(node, "grantees"),
                node.flag("grant_option"),
                span);
    }

    private static List<String> privileges(TreeNode node, String field) {
        return node.list(field).stream()
                .map(privilege -> privilege.body().string("priv_name"))
                .toList();
    }

    private Statement grantRole(TreeNode node, Span span) {
        return new ObjectStatement.Grant(
                node.flag("is_grant"),
                ObjectKind.ROLE,
                privileges(node, "granted_roles").stream()
                        .map(role -> context.name(List.of(role), 1))
                        .toList(),
                false,
                List.of(),
                context.roles(node, "grantee_roles"),
                Options.isOn(Options.of(node, "opt"), "admin"),
                span);
    }

    private Statement defaultPrivileges(TreeNode node, Span span) {
        TreeNode action = node.node("action").orElse(TreeNode.EMPTY).body();
        return new ObjectStatement.DefaultPrivileges(
                Options.argument(node, "options", "schemas")
                        .map(MappingContext::nameParts)
                        .orElse(List.of()),
                action.flag("is_grant"),
                ObjectKinds.of(action.string("objtype")),
                privileges(action, "privileges"),
                context.roles(action, "grantees"),
                span);
    }

    private Statement comment(String tag, TreeNode node, Span span) {
        ObjectKind kind = ObjectKinds.of(node.string("objtype"));
        List<String> parts = object(node, "object");
        int last = parts.size() - 1;
        boolean ofPart = last > 0
                && switch (kind) {
                    case COLUMN, TABLE_CONSTRAINT, DOMAIN_CONSTRAINT, TRIGGER, RULE, POLICY -> true;
                    default -> false;
                };
        return new ObjectStatement.Comment(
                tag.equals("SecLabelStmt"),
                kind,
                context.name(ofPart ? parts.subList(0, last) : parts, 2),
                ofPart ? Optional.of(context.column(parts.get(last))) : Optional.empty(),
                node.nonEmpty("comment").or(() -> node.nonEmpty("label")),
                span);
    }

    private Statement importSchema(TreeNode node, Span span) {
        ObjectStatement.ImportForeignSchema.Limit limit = switch (node.string("list_type")) {
            case "FDW_IMPORT_SCHEMA_LIMIT_TO" -> ObjectStatement.ImportForeignSchema.Limit.LIMIT_TO;
            case "FDW_IMPORT_SCHEMA_EXCEPT" -> ObjectStatement.ImportForeignSchema.Limit.EXCEPT;
            default -> ObjectStatement.ImportForeignSchema.Limit.ALL;
        };
        return new ObjectStatement.ImportForeignSchema(
                node.string("server_name"),
                node.string("remote_schema"),
                context.column(node.string("local_schema")),
                limit,
                context.relations(node, "table_list"),
                span);
    }
}
