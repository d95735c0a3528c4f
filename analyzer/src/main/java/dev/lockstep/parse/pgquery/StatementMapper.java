package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Identifier;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Option;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.Statement.Persistence;
import dev.lockstep.sql.TypeName;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One statement of the parse tree onto the model. */
final class StatementMapper {

    /** Objects that the tree names after their table: {@code DROP TRIGGER t ON x} holds {@code x.t}. */
    private static final Set<ObjectKind> PARTS_OF_TABLES =
            Set.of(ObjectKind.TRIGGER, ObjectKind.RULE, ObjectKind.POLICY);

    /** Objects that the tree names after their index method. */
    private static final Set<ObjectKind> METHOD_FIRST = Set.of(ObjectKind.OPERATOR_CLASS, ObjectKind.OPERATOR_FAMILY);

    private final MappingContext context;

    private final QueryMapper queries;
    private final ExpressionMapper expressions;
    private final TableMapper tables;
    private final AlterTableMapper alterTables;

    private final TypeMapper types;
    private final RoutineMapper routines;
    private final AttachedMapper attached;
    private final ObjectMapper objects;
    private final SessionMapper sessions;

    StatementMapper(MappingContext context, SqlBodies bodies) {
        this.context = context;
        this.queries = new QueryMapper(context, this::map);
        this.expressions = queries.expressions();
        this.tables = new TableMapper(context, expressions);
        this.alterTables = new AlterTableMapper(context, expressions, tables);
        this.types = new TypeMapper(context, expressions, tables);
        this.routines = new RoutineMapper(context, expressions, bodies);
        this.attached = new AttachedMapper(context, expressions);
        this.objects = new ObjectMapper(context);
        this.sessions = new SessionMapper(context, queries, this::map);
    }

    Statement map(TreeNode wrapper) {
        TreeNode node = wrapper.body();
        Span span = context.tokens().statement();
        return switch (wrapper.tag()) {
            case "CreateStmt" -> createTable(node, false, span);
            case "CreateForeignTableStmt" ->
                createTable(node.node("base").orElse(TreeNode.EMPTY).body(), true, span);
            case "CreateTableAsStmt" -> createTableAs(node, span);
            case "ViewStmt" -> createView(node, span);
            case "AlterTableStmt" -> alterTables.map(node);
            case "RenameStmt" -> rename(node, span);
            case "AlterObjectSchemaStmt" -> setSchema(node, span);
            case "IndexStmt" -> createIndex(node, span);
            case "DropStmt" -> drop(node, span);
            case "ReindexStmt" -> reindex(node, span);
            case "TruncateStmt" ->
                new Statement.Truncate(
                        context.relations(node, "relations"),
                        context.only(node, "relations"),
                        isCascade(node),
                        node.flag("restart_seqs"),
                        span);
            case "InsertStmt" -> insert(node, span);
            case "UpdateStmt" -> update(node, span);
            case "DeleteStmt" -> delete(node, span);
            case "MergeStmt" ->
                new Statement.Merge(
                        target(node),
                        isOnly(node),
                        queries.reads(node, "sourceRelation", "withClause"),
                        node.list("mergeWhenClauses").stream()
                                .map(clause -> clause.body().string("commandType"))
                                .anyMatch(Set.of("CMD_UPDATE", "CMD_DELETE")::contains),
                        node.has("returningClause") || node.has("returningList"),
                        node.list("mergeWhenClauses").stream()
                                .map(clause -> clause.body().string("matchKind"))
                                .anyMatch("MERGE_WHEN_NOT_MATCHED_BY_SOURCE"::equals),
                        head(node),
                        span);
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
            default ->
                types.map(wrapper.tag(), node, span)
                        .or(() -> routines.map(wrapper.tag(), node, span))
                        .or(() -> attached.map(wrapper.tag(), node, span))
                        .or(() -> objects.map(wrapper.tag(), node, span))
                        .or(() -> sessions.map(wrapper.tag(), node, span))
                        .orElseGet(() -> new Statement.Unmodelled(wrapper.tag(), span));
        };
    }

    private Statement createTable(TreeNode node, boolean foreign, Span span) {
        TreeNode rangeVar = node.node("relation").orElse(TreeNode.EMPTY).body();
        List<ColumnDefinition> columns = new ArrayList<>();
        List<Constraint> constraints = new ArrayList<>();
        List<Statement.Like> likes = new ArrayList<>();
        for (TreeNode element : node.list("tableElts")) {
            switch (element.tag()) {
                case "ColumnDef" -> columns.add(tables.column(element.body()));
                case "Constraint" -> tables.tableConstraint(element.body()).ifPresent(constraints::add);
                case "TableLikeClause" -> likes.add(tables.like(element.body(), columns.size()));
                default -> {}
            }
        }
        node.list("constraints").stream()
                .map(element -> tables.tableConstraint(element.body()))
                .forEach(constraint -> constraint.ifPresent(constraints::add));
        return new Statement.CreateTable(
                context.relation(rangeVar),
                persistence(rangeVar),
                foreign,
                node.flag("if_not_exists"),
                columns,
                constraints,
                likes,
                context.relations(node, "inhRelations"),
                node.node("partbound").map(tables::bound),
                node.node("partspec").map(tables::partitionKey),
                node.node("ofTypename").map(type -> expressions.type(type.body())),
                node.string("oncommit").equals("ONCOMMIT_DROP"),
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
                context.columns(into, "colNames"),
                node.node("query").map(queries::query).orElse(Query.NONE),
                into.string("onCommit").equals("ONCOMMIT_DROP"),
                context.tokens().head(context.offset(rangeVar)),
                span);
    }

    private Statement createView(TreeNode node, Span span) {
        TreeNode rangeVar = node.node("view").orElse(TreeNode.EMPTY).body();
        return new Statement.CreateView(
                context.relation(rangeVar),
                node.flag("replace"),
                persistence(rangeVar),
                context.columns(node, "aliases"),
                node.node("query").map(queries::query).orElse(Query.NONE),
                context.tokens().head(context.offset(rangeVar)),
                span);
    }

    private Statement rename(TreeNode node, Span span) {
        ObjectName object = object(node);
        return new Statement.Rename(
                ObjectKinds.of(node.string("renameType")),
                ObjectKinds.of(node.string(node.has("relation") ? "relationType" : "renameType")),
                object,
                node.node("object").flatMap(expressions::arguments),
                isNamedByPart(node)
                        ? Optional.empty()
                        : node.nonEmpty("subname").map(context::column),
                context.column(node.string("newname")),
                node.flag("missing_ok"),
                isCascade(node),
                from("rename", object, span),
                span);
    }

    private Statement setSchema(TreeNode node, Span span) {
        ObjectName object = object(node);
        return new Statement.SetSchema(
                ObjectKinds.of(node.string("objectType")),
                object,
                node.node("object").flatMap(expressions::arguments),
                context.column(node.string("newschema")),
                node.flag("missing_ok"),
                from("set", object, span),
                span);
    }

    /** From the word that follows the object's name to the end of the statement. */
    private Span from(String word, ObjectName object, Span statement) {
        int name = object.span().equals(statement)
                ? 0
                : context.tokens().atPlace(object.span().end());
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
                                : MappingContext.nameParts(node.node("object").orElse(TreeNode.EMPTY)),
                        context.tokens().objectStart()));
    }

    /** RENAME of a schema or a role keeps its name where others keep the name of a column. */
    private static boolean isNamedByPart(TreeNode node) {
        return !node.has("relation") && !node.has("object");
    }

    private Statement createIndex(TreeNode node, Span span) {
        TreeNode rangeVar = node.node("relation").orElse(TreeNode.EMPTY).body();
        Optional<Identifier> index = node.nonEmpty("idxname")
                .map(name -> context.identifierAfter(name, context.tokens().objectStart()));
        return new Statement.CreateIndex(
                index,
                context.relation(rangeVar),
                !rangeVar.flag("inh"),
                node.flag("unique"),
                node.flag("concurrent"),
                node.flag("if_not_exists"),
                node.string("accessMethod"),
                node.list("indexParams").stream()
                        .map(key -> expressions.key(key.body()))
                        .toList(),
                node.list("indexIncludingParams").stream()
                        .map(key -> context.column(key.body().string("name")))
                        .toList(),
                node.flag("nulls_not_distinct"),
                node.node("whereClause").map(expressions::map),
                Options.of(node, "options"),
                context.tokens().head(context.offset(rangeVar)),
                span);
    }

    private Statement drop(TreeNode node, Span span) {
        ObjectKind kind = ObjectKinds.of(node.string("removeType"));
        List<ObjectName> objects = new ArrayList<>();
        List<Optional<List<TypeName>>> arguments = new ArrayList<>();
        Optional<ObjectName> table = Optional.empty();
        int from = context.tokens().objectStart();
        for (TreeNode object : node.list("objects")) {
            List<String> parts = MappingContext.nameParts(object);
            int last = parts.size() - 1;
            ObjectName name;
            if (last > 0 && PARTS_OF_TABLES.contains(kind)) {
                name = context.name(
                        parts.subList(last, last + 1), context.tokens().name(from));
                table = Optional.of(context.name(parts.subList(0, last), from + 1));
            } else {
                name = context.name(METHOD_FIRST.contains(kind) ? parts.subList(1, parts.size()) : parts, from);
            }
            objects.add(name);
            arguments.add(expressions.arguments(object));
            from = name.span().equals(span)
                    ? from
                    : context.tokens().atPlace(name.span().end());
        }
        return new Statement.Drop(
                kind,
                objects,
                arguments,
                table,
                node.flag("missing_ok"),
                isCascade(node),
                node.flag("concurrent"),
                span);
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
        return new Statement.Reindex(target, object, Options.isOn(Options.of(node, "params"), "concurrently"), span);
    }

    private Statement insert(TreeNode node, Span span) {
        return new Statement.Insert(
                target(node),
                node.list("cols").stream()
                        .map(column -> context.column(column.body().string("name")))
                        .toList(),
                node.node("selectStmt").map(queries::rows).orElse(List.of()),
                queries.reads(node, "selectStmt", "withClause", "onConflictClause"),
                node.node("onConflictClause").map(clause -> onConflict(clause.body())),
                queries.modifications(node),
                head(node),
                span);
    }

    private static Statement.OnConflict onConflict(TreeNode clause) {
        Statement.OnConflict.Arbiter arbiter = clause.node("infer")
                .map(infer -> infer.body().has("conname")
                        ? Statement.OnConflict.Arbiter.CONSTRAINT
                        : Statement.OnConflict.Arbiter.COLUMNS)
                .orElse(Statement.OnConflict.Arbiter.ANY);
        return new Statement.OnConflict(clause.string("action").equals("ONCONFLICT_UPDATE"), arbiter);
    }

    private Statement update(TreeNode node, Span span) {
        return new Statement.Update(
                target(node),
                isOnly(node),
                node.list("targetList").stream()
                        .map(column -> context.column(column.body().string("name")))
                        .toList(),
                node.list("targetList").stream()
                        .map(column -> assigned(column.body()))
                        .toList(),
                node.node("whereClause").map(expressions::map),
                queries.reads(node, "targetList", "fromClause", "whereClause", "withClause"),
                queries.modifications(node),
                head(node),
                span);
    }

    private Expression assigned(TreeNode column) {
        Expression value = expressions.map(column.node("val").orElse(TreeNode.EMPTY));
        return column.list("indirection").isEmpty()
                ? value
                : new Expression.Other(Statement.Update.PART, List.of(value));
    }

    private Statement delete(TreeNode node, Span span) {
        return new Statement.Delete(
                target(node),
                isOnly(node),
                node.node("whereClause").map(expressions::map),
                queries.reads(node, "usingClause", "whereClause", "withClause"),
                queries.modifications(node),
                head(node),
                span);
    }

    private static boolean isOnly(TreeNode node) {
        return !node.node("relation").orElse(TreeNode.EMPTY).body().flag("inh");
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
        boolean dropOnCommit = node.node("intoClause")
                .orElse(TreeNode.EMPTY)
                .body()
                .string("onCommit")
                .equals("ONCOMMIT_DROP");
        return new Statement.CreateTableAs(
                table,
                persistence(rangeVar),
                false,
                false,
                true,
                List.of(),
                query.without(table),
                dropOnCommit,
                span,
                span);
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
        List<Option> options = Options.of(node, "options");
        List<ObjectName> vacuumed = node.list("rels").stream()
                .map(relation -> relation.body().node("relation"))
                .flatMap(Optional::stream)
                .map(relation -> context.relation(relation.body()))
                .toList();
        return new Statement.Vacuum(node.flag("is_vacuumcmd"), Options.isOn(options, "full"), vacuumed, options, span);
    }

    static boolean isCascade(TreeNode node) {
        return node.string("behavior").equals("DROP_CASCADE");
    }

    static Persistence persistence(TreeNode rangeVar) {
        return switch (rangeVar.string("relpersistence")) {
            case "t" -> Persistence.TEMPORARY;
            case "u" -> Persistence.UNLOGGED;
            default -> Persistence.PERMANENT;
        };
    }
}
