package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.Query;
import dev.lockstep.sql.SessionStatement;
import dev.lockstep.sql.SessionStatement.Session.Kind;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Upkeep, explicit locks, and statements about the session. */
final class SessionMapper {

    /** The table lock modes by the server's numbers, from 1. */
    private static final List<String> LOCK_MODES = List.of(
            "ACCESS SHARE",
            "ROW SHARE",
            "ROW EXCLUSIVE",
            "SHARE UPDATE EXCLUSIVE",
            "SHARE",
            "SHARE ROW EXCLUSIVE",
            "EXCLUSIVE",
            "ACCESS EXCLUSIVE");

    /** The bit of a cursor's options that says WITH HOLD. */
    private static final int HOLD = 1 << 5;

    private final MappingContext context;
    private final QueryMapper queries;
    private final Function<TreeNode, Statement> statements;

    SessionMapper(MappingContext context, QueryMapper queries, Function<TreeNode, Statement> statements) {
        this.context = context;
        this.queries = queries;
        this.statements = statements;
    }

    Optional<Statement> map(String tag, TreeNode node, Span span) {
        return switch (tag) {
            case "RefreshMatViewStmt" -> Optional.of(refresh(node, span));
            case "ClusterStmt" ->
                Optional.of(new SessionStatement.Cluster(
                        context.relationIn(node, "relation"),
                        node.nonEmpty("indexname").map(context::column),
                        span));
            case "LockStmt" -> Optional.of(lock(node, span));
            case "ExplainStmt" ->
                Optional.of(new SessionStatement.Explain(
                        Options.isOn(Options.of(node, "options"), "analyze"), inner(node), span));
            case "PrepareStmt" -> Optional.of(new SessionStatement.Prepare(node.string("name"), inner(node), span));
            case "ExecuteStmt" -> Optional.of(new SessionStatement.Execute(node.string("name"), span));
            case "DeclareCursorStmt" ->
                Optional.of(new SessionStatement.DeclareCursor(
                        node.string("portalname"),
                        (node.integer("options") & HOLD) != 0,
                        node.node("query").map(queries::query).orElse(Query.NONE),
                        span));
            case "ConstraintsSetStmt" ->
                Optional.of(new SessionStatement.SetConstraints(
                        context.relations(node, "constraints"), node.flag("deferred"), span));
            default -> session(tag, node, span);
        };
    }

    private Statement refresh(TreeNode node, Span span) {
        TreeNode rangeVar = node.node("relation").orElse(TreeNode.EMPTY).body();
        return new SessionStatement.RefreshMaterializedView(
                context.relation(rangeVar),
                node.flag("concurrent"),
                !node.flag("skipData"),
                context.tokens().head(context.offset(rangeVar)),
                span);
    }

    private Statement lock(TreeNode node, Span span) {
        int mode = node.integer("mode");
        return new SessionStatement.LockTable(
                context.relations(node, "relations"),
                context.only(node, "relations"),
                mode >= 1 && mode <= LOCK_MODES.size() ? LOCK_MODES.get(mode - 1) : "ACCESS EXCLUSIVE",
                node.flag("nowait"),
                span);
    }

    private Statement inner(TreeNode node) {
        return statements.apply(node.node("query").orElse(TreeNode.EMPTY));
    }

    private static Optional<Statement> session(String tag, TreeNode node, Span span) {
        return switch (tag) {
            case "DiscardStmt" -> session(discard(node.string("target")), Optional.empty(), span);
            case "DeallocateStmt" -> session(Kind.DEALLOCATE, node.nonEmpty("name"), span);
            case "ListenStmt" -> session(Kind.LISTEN, node.nonEmpty("conditionname"), span);
            case "UnlistenStmt" -> session(Kind.UNLISTEN, node.nonEmpty("conditionname"), span);
            case "NotifyStmt" -> session(Kind.NOTIFY, node.nonEmpty("conditionname"), span);
            case "FetchStmt" ->
                session(node.flag("ismove") ? Kind.MOVE : Kind.FETCH, node.nonEmpty("portalname"), span);
            case "ClosePortalStmt" -> session(Kind.CLOSE, node.nonEmpty("portalname"), span);
            case "VariableShowStmt" -> session(Kind.SHOW, node.nonEmpty("name"), span);
            case "LoadStmt" -> session(Kind.LOAD, node.nonEmpty("filename"), span);
            case "CheckPointStmt" -> session(Kind.CHECKPOINT, Optional.empty(), span);
            default -> Optional.empty();
        };
    }

    private static Optional<Statement> session(Kind kind, Optional<String> name, Span span) {
        return Optional.of(new SessionStatement.Session(kind, name, span));
    }

    private static Kind discard(String target) {
        return switch (target) {
            case "DISCARD_PLANS" -> Kind.DISCARD_PLANS;
            case "DISCARD_SEQUENCES" -> Kind.DISCARD_SEQUENCES;
            case "DISCARD_TEMP" -> Kind.DISCARD_TEMP;
            default -> Kind.DISCARD_ALL;
        };
    }
}
