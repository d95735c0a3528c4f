package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Identifier;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.Statement.Persistence;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One statement of the parse tree onto the model. */
final class StatementMapper {

    /** Objects that the tree names after their table: {@code DROP TRIGGER t ON x} holds {@code x.t}. */
    private static final Set<String> PARTS_OF_TABLES = Set.of("OBJECT_TRIGGER", "OBJECT_RULE", "OBJECT_POLICY");

    /** Objects that the tree names after their index method. */
    private static final Set<String> METHOD_FIRST = Set.of("OBJECT_OPCLASS", "OBJECT_OPFAMILY");

    private final MappingContext context;
    private final QueryMapper queries;
    private final ExpressionMapper expressions;
    private final TableMapper tables;
    private final AlterTableMapper alterTables;

    StatementMapper(MappingContext context) {
        this.context = context;
        this.queries = new QueryMapper(context, this::map);
        this.expressions = queries.expressions();
        this.tables = new TableMapper(context, expressions);
        this.alterTables = new AlterTableMapper(context, expressions, tables);
    }

    Statement map(TreeNode wrapper) {
        TreeNode node = wrapper.body();
        Span span = context.tokens().statement();
        return switch (wrapper.tag()) {
            case "CreateStmt" -> createTable(node, span);
            case "CreateTableAsStmt" -> createTableAs(node, span);
            case "ViewStmt" -> createView(node, span);
            case "AlterTableStmt" -> alterTables.map(node);
            case "RenameStmt" -> rename(node, span);
            case "AlterObjectSchemaStmt" -> setSchema(node, span);
            case "IndexStmt" -> createIndex(node, span);
            case "DropStmt" -> drop(node, span);
            case "ReindexStmt" -> reindex(node, span);
            case "TruncateStmt" ->
                new Statement.Truncate(relations(node, "relations"), isCascade(node), node.flag("restart_seqs"), span);
            case "InsertStmt" -> insert(node, span);
            case "UpdateStmt" -> update(node, span);
            case "DeleteStmt" -> delete(node, span);
            case "MergeStmt" ->
                new Statement.Merge(
                        target(node), queries.reads(node, "sourceRelation", "withClause"), head(node), span);
            case "SelectStmt" -> select(wrapper, node, span);
            case "CopyStmt" ->
                new Statement.Copy(
                        node.node("relation").map(relation -> context.relation(relation.body())),
                        node.flag("is_from"),
                        node.node("query").map(queries::query).orElse(Query.NONE),
                        span);
            case "TransactionStmt" -> transaction(node, span);
            case "VariableSetStmt" -> setParameter(node, span);
            case "CreateSchemaStmt" ->
                new Statement.CreateSchema(
                        node.nonEmpty("schemaname")
                                .or(() -> node.node("authrole")
                                        .flatMap(role -> role.body().nonEmpty("rolename")))
                                .map(context::column),
                        node.flag("if_not_exists"),
                        node.list("schemaElts").stream().map(this::map).toList(),
                        span);
            case "VacuumStmt" -> vacuum(node, span);
            default -> new Statement.Unmodelled(wrapper.tag(), span);
        };
    }

    private Statement createTable(TreeNode node, Span span) {
        TreeNode rangeVar = node.node("relation").orElse(TreeNode.EMPTY).body();
        List<ColumnDefinition> columns = new ArrayList<>();
        List<Constraint> constraints = new ArrayList<>();
        List<ObjectName> likes = new ArrayList<>();
        for (TreeNode element : node.list("tableElts")) {
            switch (element.tag()) {
                case "ColumnDef" -> columns.add(tables.column(element.body()));
                case "Constraint" -> tables.tableConstraint(element.body()).ifPresent(constraints::add);
                case "TableLikeClause" ->
                    element.body().node("relation").ifPresent(relation -> likes.add(context.relation(relation.body())));
                default -> {}
            }
        }
        node.list("constraints").stream()
                .map(element -> tables.tableConstraint(element.body()))
                .forEach(constraint -> constraint.ifPresent(constraints::add));
        Optional<TreeNode> bound = node.node("partbound");
        return new Statement.CreateTable(
                context.relation(rangeVar),
                persistence(rangeVar),
                node.flag("if_not_exists"),
                columns,
                constraints,
                likes,
                relations(node, "inhRelations"),
                bound.isPresent(),
                bound.map(value -> value.body().flag("is_default")).orElse(false),
                node.has("partspec"),
                context.tokens().head(context.offset(rangeVar)),
                span);
    }

    private Statement createTableAs(TreeNode node, Span span) {
        TreeNode into = node.node("into").orElse(TreeNode.EMPTY).body();
        TreeNode rangeVar = into.node("rel").orElse(TreeNode.EMPTY).body();
        return new Statement.CreateTableAs(
                context.relation(rangeVar),
                persistence(rangeVar),
                ObjectKinds.of(node.string("objtype")) == ObjectKind.MATERIALIZED_VIEW,
                node.flag("if_not_exists"),
                !into.flag("skipData"),
                node.node("query").map(queries::query).orElse(Query.NONE),
                context.tokens().head(context.offset(rangeVar)),
                span);
    }

    private Statement createView(TreeNode node, Span span) {
        TreeNode rangeVar = node.node("view").orElse(TreeNode.EMPTY).body();
        return new Statement.CreateView(
                context.relation(rangeVar),
                node.flag("replace"),
                persistence(rangeVar),
                node.node("query").map(queries::query).orElse(Query.NONE),
                context.tokens().head(context.offset(rangeVar)),
                span);
    }

    private Statement rename(TreeNode node, Span span) {
        ObjectName object = object(node);
        return new Statement.Rename(
                ObjectKinds.of(node.string("renameType")),
                ObjectKinds.of(node.string("relationType")),
                object,
                isNamedByPart(node)
                        ? Optional.empty()
                        : node.nonEmpty("subname").map(context::column),
                context.column(node.string("newname")),
                node.flag("missing_ok"),
                from("rename", object, span),
                span);
    }

    private Statement setSchema(TreeNode node, Span span) {
        ObjectName object = object(node);
        return new Statement.SetSchema(
                ObjectKinds.of(node.string("objectType")),
                object,
                context.column(node.string("newschema")),
                node.flag("missing_ok"),
                from("set", object, span),
                span);
    }

    /** From the word that follows the object's name to the end of the statement. */
    private Span from(String word, ObjectName object, Span statement) {
        int name = object.span().equals(statement)
                ? 0
                : context.tokens().at(object.span().end());
        return context.tokens()
                .word(word, name)
                .map(first -> context.tokens().span(first, context.tokens().size() - 1))
                .orElse(statement);
    }

    /** The relation of a statement that names one, else the name in its {@code object}. */
    private ObjectName object(TreeNode node) {
        return node.node("relation")
                .map(relation -> context.relation(relation.body()))
                .orElseGet(() -> context.name(
                        isNamedByPart(node)
                                ? List.of(node.string("subname"))
                                : nameParts(node.node("object").orElse(TreeNode.EMPTY)),
                        context.tokens().objectStart()));
    }

    /** RENAME of a schema or a role keeps its name where others keep the name of a column. */
    private static boolean isNamedByPart(TreeNode node) {
        return !node.has("relation") && !node.has("object");
    }

    private Statement createIndex(TreeNode node, Span span) {
        TreeNode rangeVar = node.node("relation").orElse(TreeNode.EMPTY).body();
        Optional<Identifier> index = node.nonEmpty("idxname")
                .map(name -> context.identifier(
                        name,
                        context.tokens()
                                .identifier(name, context.tokens().objectStart())
                                .map(at -> context.tokens().span(at, at))
                                .orElse(span)));
        return new Statement.CreateIndex(
                index,
                context.relation(rangeVar),
                !rangeVar.flag("inh"),
                node.flag("unique"),
                node.flag("concurrent"),
                node.flag("if_not_exists"),
                node.string("accessMethod"),
                node.list("indexParams").stream()
                        .map(TreeNode::body)
                        .map(expressions::key)
                        .toList(),
                node.list("indexIncludingParams").stream()
                        .map(column -> context.column(column.body().string("name")))
                        .toList(),
                node.node("whereClause").map(expressions::map),
                context.tokens().head(context.offset(rangeVar)),
                span);
    }

    private Statement drop(TreeNode node, Span span) {
        List<ObjectName> objects = new ArrayList<>();
        int from = context.tokens().objectStart();
        boolean partOfTable = PARTS_OF_TABLES.contains(node.string("removeType"));
        for (TreeNode object : node.list("objects")) {
            List<String> parts = nameParts(object);
            if (METHOD_FIRST.contains(node.string("removeType"))) {
                parts = parts.subList(1, parts.size());
            }
            ObjectName name =
                    partOfTable ? context.name(parts, context.tokens().name(from)) : context.name(parts, from);
            objects.add(name);
            from = name.span().equals(span)
                    ? from
                    : context.tokens().at(name.span().end());
        }
        return new Statement.Drop(
                ObjectKinds.of(node.string("removeType")),
                objects,
                node.flag("missing_ok"),
                isCascade(node),
                node.flag("concurrent"),
                span);
    }

    /** The parts of a name in any of the shapes the grammar gives it: a list, a string, a type, a function with arguments. */
    private static List<String> nameParts(TreeNode object) {
        TreeNode body = object.body();
        return switch (object.tag()) {
            case "List" -> body.strings("items");
            case "String" -> List.of(body.string("sval"));
            case "TypeName" -> body.strings("names");
            case "ObjectWithArgs" -> body.strings("objname");
            default -> List.of();
        };
    }

    private Statement reindex(TreeNode node, Span span) {
        Statement.Reindex.Target target = switch (node.string("kind")) {
            case "REINDEX_OBJECT_INDEX" -> Statement.Reindex.Target.INDEX;
            case "REINDEX_OBJECT_TABLE" -> Statement.Reindex.Target.TABLE;
            case "REINDEX_OBJECT_SCHEMA" -> Statement.Reindex.Target.SCHEMA;
            case "REINDEX_OBJECT_SYSTEM" -> Statement.Reindex.Target.SYSTEM;
            default -> Statement.Reindex.Target.DATABASE;
        };
        Optional<ObjectName> object = node.node("relation")
                .map(relation -> context.relation(relation.body()))
                .or(() -> node.nonEmpty("name")
                        .map(name ->
                                context.name(List.of(name), context.tokens().size() - 1)));
        return new Statement.Reindex(target, object, isSet(node, "concurrently"), span);
    }

    /** Whether a boolean option in parentheses is on: present, and not said to be off. */
    private static boolean isSet(TreeNode node, String option) {
        return node.list("params").stream()
                .map(TreeNode::body)
                .filter(element -> element.string("defname").equals(option))
                .anyMatch(StatementMapper::isOn);
    }

    private static boolean isOn(TreeNode option) {
        TreeNode argument = option.node("arg").orElse(TreeNode.EMPTY);
        if (argument.tag().equals("Integer")) {
            return argument.body().integer("ival") != 0;
        }
        if (argument.tag().equals("Boolean")) {
            return argument.body().flag("boolval");
        }
        return !List.of("off", "false", "0", "no")
                .contains(argument.body().string("sval").toLowerCase(Locale.ROOT));
    }

    private Statement insert(TreeNode node, Span span) {
        return new Statement.Insert(
                target(node),
                queries.reads(node, "selectStmt", "withClause"),
                queries.modifications(node),
                head(node),
                span);
    }

    private Statement update(TreeNode node, Span span) {
        return new Statement.Update(
                target(node),
                node.list("targetList").stream()
                        .map(column -> context.column(column.body().string("name")))
                        .toList(),
                node.node("whereClause").map(expressions::map),
                queries.reads(node, "targetList", "fromClause", "whereClause", "withClause"),
                queries.modifications(node),
                head(node),
                span);
    }

    private Statement delete(TreeNode node, Span span) {
        return new Statement.Delete(
                target(node),
                node.node("whereClause").map(expressions::map),
                queries.reads(node, "usingClause", "whereClause", "withClause"),
                queries.modifications(node),
                head(node),
                span);
    }

    private ObjectName target(TreeNode node) {
        return context.relation(node.node("relation").orElse(TreeNode.EMPTY).body());
    }

    /** A data-modifying statement may stand inside a WITH clause: its head starts at its own keyword. */
    private Span head(TreeNode node) {
        int offset = context.offset(node.node("relation").orElse(TreeNode.EMPTY).body());
        int name = context.tokens().at(offset);
        for (int i = name - 1; i >= 0 && i >= name - 3; i--) {
            for (String keyword : List.of("insert", "update", "delete", "merge")) {
                if (context.tokens().isWord(i, keyword)) {
                    return context.tokens().span(i, context.tokens().nameEnd(name));
                }
            }
        }
        return context.tokens().head(offset);
    }

    private Statement select(TreeNode wrapper, TreeNode node, Span span) {
        Optional<TreeNode> into =
                node.node("intoClause").flatMap(clause -> clause.body().node("rel"));
        Query query = queries.query(wrapper);
        if (into.isEmpty()) {
            return new Statement.Select(query, span);
        }
        TreeNode rangeVar = into.get().body();
        ObjectName table = context.relation(rangeVar);
        Query source = new Query(
                query.relations().stream()
                        .filter(relation -> !relation.span().equals(table.span()))
                        .toList(),
                query.functions(),
                query.modifications(),
                query.limited(),
                query.locksRows());
        return new Statement.CreateTableAs(table, persistence(rangeVar), false, false, true, source, span, span);
    }

    private static Statement transaction(TreeNode node, Span span) {
        Statement.Transaction.Kind kind = switch (node.string("kind")) {
            case "TRANS_STMT_BEGIN", "TRANS_STMT_START" -> Statement.Transaction.Kind.BEGIN;
            case "TRANS_STMT_COMMIT" -> Statement.Transaction.Kind.COMMIT;
            case "TRANS_STMT_SAVEPOINT" -> Statement.Transaction.Kind.SAVEPOINT;
            case "TRANS_STMT_RELEASE" -> Statement.Transaction.Kind.RELEASE;
            case "TRANS_STMT_ROLLBACK_TO" -> Statement.Transaction.Kind.ROLLBACK_TO;
            case "TRANS_STMT_PREPARE" -> Statement.Transaction.Kind.PREPARE;
            case "TRANS_STMT_COMMIT_PREPARED" -> Statement.Transaction.Kind.COMMIT_PREPARED;
            case "TRANS_STMT_ROLLBACK_PREPARED" -> Statement.Transaction.Kind.ROLLBACK_PREPARED;
            default -> Statement.Transaction.Kind.ROLLBACK;
        };
        return new Statement.Transaction(kind, node.nonEmpty("savepoint_name"), node.flag("chain"), span);
    }

    private Statement setParameter(TreeNode node, Span span) {
        String kind = node.string("kind");
        List<String> values = node.list("args").stream()
                .map(expressions::map)
                .map(StatementMapper::settingText)
                .flatMap(Optional::stream)
                .toList();
        return new Statement.SetParameter(
                kind.equals("VAR_RESET_ALL") ? "all" : node.string("name").toLowerCase(Locale.ROOT),
                values,
                node.flag("is_local"),
                kind.startsWith("VAR_RESET"),
                span);
    }

    private static Optional<String> settingText(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return Optional.of(literal.text());
        }
        return expression instanceof Expression.Cast cast ? settingText(cast.operand()) : Optional.empty();
    }

    private Statement vacuum(TreeNode node, Span span) {
        boolean full = node.list("options").stream()
                .map(TreeNode::body)
                .filter(option -> option.string("defname").equals("full"))
                .anyMatch(StatementMapper::isOn);
        List<ObjectName> vacuumed = node.list("rels").stream()
                .map(relation -> relation.body().node("relation"))
                .flatMap(Optional::stream)
                .map(relation -> context.relation(relation.body()))
                .toList();
        return new Statement.Vacuum(node.flag("is_vacuumcmd"), full, vacuumed, span);
    }

    private List<ObjectName> relations(TreeNode node, String field) {
        return node.list(field).stream()
                .map(relation -> context.relation(relation.body()))
                .toList();
    }

    private static boolean isCascade(TreeNode node) {
        return node.string("behavior").equals("DROP_CASCADE");
    }

    private static Persistence persistence(TreeNode rangeVar) {
        return switch (rangeVar.string("relpersistence")) {
            case "t" -> Persistence.TEMPORARY;
            case "u" -> Persistence.UNLOGGED;
            default -> Persistence.PERMANENT;
        };
    }
}
