package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.ObjectStatement;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.TypeName;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CREATE, ALTER and DROP of objects that are known by their kind alone. */
final class KindMapper {

    /** Where a statement of some node type keeps the object's name. */
    private record Entry(Verb verb, ObjectKind kind, String nameField) {}

    private enum Verb {
        CREATE,
        ALTER,
        DROP
    }

    private static final Map<String, Entry> ENTRIES = Map.ofEntries(
            create("CreatedbStmt", ObjectKind.DATABASE, "dbname"),
            create("CreateTableSpaceStmt", ObjectKind.TABLESPACE, "tablespacename"),
            create("CreateRoleStmt", ObjectKind.ROLE, "role"),
            create("CreateEventTrigStmt", ObjectKind.EVENT_TRIGGER, "trigname"),
            create("CreateCastStmt", ObjectKind.CAST, ""),
            create("CreateTransformStmt", ObjectKind.TRANSFORM, ""),
            create("CreateOpClassStmt", ObjectKind.OPERATOR_CLASS, "opclassname"),
            create("CreateOpFamilyStmt", ObjectKind.OPERATOR_FAMILY, "opfamilyname"),
            create("CreateConversionStmt", ObjectKind.CONVERSION, "conversion_name"),
            create("CreatePLangStmt", ObjectKind.LANGUAGE, "plname"),
            create("CreateAmStmt", ObjectKind.ACCESS_METHOD, "amname"),
            create("CreateFdwStmt", ObjectKind.FOREIGN_DATA_WRAPPER, "fdwname"),
            create("CreateForeignServerStmt", ObjectKind.FOREIGN_SERVER, "servername"),
            create("CreateUserMappingStmt", ObjectKind.USER_MAPPING, "servername"),
            alter("AlterDatabaseStmt", ObjectKind.DATABASE, "dbname"),
            alter("AlterDatabaseSetStmt", ObjectKind.DATABASE, "dbname"),
            alter("AlterDatabaseRefreshCollStmt", ObjectKind.DATABASE, "dbname"),
            alter("AlterTableSpaceOptionsStmt", ObjectKind.TABLESPACE, "tablespacename"),
            alter("AlterRoleStmt", ObjectKind.ROLE, "role"),
            alter("AlterRoleSetStmt", ObjectKind.ROLE, "role"),
            alter("AlterSystemStmt", ObjectKind.SYSTEM, ""),
            alter("AlterEventTrigStmt", ObjectKind.EVENT_TRIGGER, "trigname"),
            alter("AlterExtensionStmt", ObjectKind.EXTENSION, "extname"),
            alter("AlterExtensionContentsStmt", ObjectKind.EXTENSION, "extname"),
            alter("AlterFdwStmt", ObjectKind.FOREIGN_DATA_WRAPPER, "fdwname"),
            alter("AlterForeignServerStmt", ObjectKind.FOREIGN_SERVER, "servername"),
            alter("AlterUserMappingStmt", ObjectKind.USER_MAPPING, "servername"),
            alter("AlterCollationStmt", ObjectKind.COLLATION, "collname"),
            alter("AlterOperatorStmt", ObjectKind.OPERATOR, "opername"),
            alter("AlterOpFamilyStmt", ObjectKind.OPERATOR_FAMILY, "opfamilyname"),
            alter("AlterTypeStmt", ObjectKind.TYPE, "typeName"),
            alter("AlterStatsStmt", ObjectKind.STATISTICS, "defnames"),
            alter("AlterTSConfigurationStmt", ObjectKind.TEXT_SEARCH_CONFIGURATION, "cfgname"),
            alter("AlterTSDictionaryStmt", ObjectKind.TEXT_SEARCH_DICTIONARY, "dictname"),
            drop("DropdbStmt", ObjectKind.DATABASE, "dbname"),
            drop("DropTableSpaceStmt", ObjectKind.TABLESPACE, "tablespacename"),
            drop("DropSubscriptionStmt", ObjectKind.SUBSCRIPTION, "subname"),
            drop("DropUserMappingStmt", ObjectKind.USER_MAPPING, "servername"));

    private final MappingContext context;

    KindMapper(MappingContext context) {
        this.context = context;
    }

    private static Map.Entry<String, Entry> create(String tag, ObjectKind kind, String nameField) {
        return Map.entry(tag, new Entry(Verb.CREATE, kind, nameField));
    }

    private static Map.Entry<String, Entry> alter(String tag, ObjectKind kind, String nameField) {
        return Map.entry(tag, new Entry(Verb.ALTER, kind, nameField));
    }

    private static Map.Entry<String, Entry> drop(String tag, ObjectKind kind, String nameField) {
        return Map.entry(tag, new Entry(Verb.DROP, kind, nameField));
    }

    Optional<Statement> map(String tag, TreeNode node, Span span) {
        return switch (tag) {
            case "DefineStmt" ->
                Optional.of(new ObjectStatement.CreateObject(
                        ObjectKinds.of(node.string("kind")),
                        context.name(node.strings("defnames"), 2),
                        node.flag("if_not_exists"),
                        span));
            case "AlterObjectDependsStmt" ->
                Optional.of(new ObjectStatement.AlterObject(
                        ObjectKinds.of(node.string("objectType")),
                        context.relationIn(node, "relation")
                                .orElseGet(() -> context.name(
                                        MappingContext.nameParts(
                                                node.node("object").orElse(TreeNode.EMPTY)),
                                        2)),
                        span));
            case "DropRoleStmt" ->
                Optional.of(dropped(
                        ObjectKind.ROLE,
                        context.roles(node, "roles").stream()
                                .map(role -> context.name(List.of(role), 2))
                                .toList(),
                        node,
                        span));
            default -> Optional.ofNullable(ENTRIES.get(tag)).map(entry -> statement(entry, node, span));
        };
    }

    private Statement statement(Entry entry, TreeNode node, Span span) {
        ObjectName object = context.name(parts(node, entry.nameField()), 2);
        return switch (entry.verb()) {
            case CREATE -> new ObjectStatement.CreateObject(entry.kind(), object, node.flag("if_not_exists"), span);
            case ALTER -> new ObjectStatement.AlterObject(entry.kind(), object, span);
            case DROP -> dropped(entry.kind(), List.of(object), node, span);
        };
    }

    private static Statement dropped(ObjectKind kind, List<ObjectName> objects, TreeNode node, Span span) {
        return new Statement.Drop(
                kind,
                objects,
                objects.stream().map(object -> Optional.<List<TypeName>>empty()).toList(),
                Optional.empty(),
                node.flag("missing_ok"),
                StatementMapper.isCascade(node),
                false,
                span);
    }

    private List<String> parts(TreeNode node, String field) {
        if (!node.list(field).isEmpty()) {
            return node.strings(field);
        }
        return node.node(field)
                .map(inner -> inner.has("roletype") ? List.of(context.role(inner)) : MappingContext.nameParts(inner))
                .orElseGet(() -> node.nonEmpty(field).stream().toList());
    }
}
