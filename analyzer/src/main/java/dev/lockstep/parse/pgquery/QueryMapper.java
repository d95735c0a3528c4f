package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Expression.ColumnReference;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What queries touch: collected from the whole tree below, whatever its shape. */
final class QueryMapper {

    private static final Set<String> DATA_MODIFYING = Set.of("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt");

    private final MappingContext context;
    private final ExpressionMapper expressions;
    private final Function<TreeNode, Statement> statements;

    QueryMapper(MappingContext context, Function<TreeNode, Statement> statements) {
        this.context = context;
        this.expressions = new ExpressionMapper(context, this);
        this.statements = statements;
    }

    ExpressionMapper expressions() {
        return expressions;
    }

    /** The query of a {@code SelectStmt}, wrapped or not. */
    Query query(TreeNode select) {
        return query(select, 0);
    }

    /** The same, of a query inside that many expressions. */
    Query query(TreeNode select, int depth) {
        TreeNode body = select.body();
        return collect(List.of(select), outputs(body, depth), condition(body, depth), isLimited(body));
    }

    /** The WHERE clause and the conditions of inner joins. */
    private Optional<Expression> condition(TreeNode select, int depth) {
        List<TreeNode> conditions = new ArrayList<>();
        select.node("whereClause").ifPresent(conditions::add);
        Deque<TreeNode> open = new ArrayDeque<>(select.list("fromClause"));
        while (!open.isEmpty()) {
            TreeNode from = open.pop();
            if (from.tag().equals("JoinExpr") && from.body().string("jointype").equals("JOIN_INNER")) {
                from.body().node("quals").ifPresent(conditions::add);
                from.body().node("larg").ifPresent(open::push);
                from.body().node("rarg").ifPresent(open::push);
            }
        }
        List<Expression> mapped =
                conditions.stream().map(node -> expressions.map(node, depth)).toList();
        return mapped.size() > 1
                ? Optional.of(new Expression.Logical(Expression.Logical.Connective.AND, mapped))
                : mapped.stream().findFirst();
    }

    /** What a data-modifying statement reads besides its target: everything but the field {@code relation}. */
    Query reads(TreeNode statement, String... fields) {
        List<TreeNode> roots = new ArrayList<>();
        for (String field : fields) {
            statement.node(field).ifPresent(roots::add);
            roots.addAll(statement.list(field));
        }
        return collect(roots, List.of(), Optional.empty(), false);
    }

    /** The data-modifying statements among the WITH clauses of {@code statement}. */
    List<Statement> modifications(TreeNode statement) {
        return statement.node("withClause").map(with -> with.body().list("ctes")).orElse(List.of()).stream()
                .map(cte -> cte.body().node("ctequery").orElse(TreeNode.EMPTY))
                .filter(query -> DATA_MODIFYING.contains(query.tag()))
                .map(statements)
                .toList();
    }

    private static boolean isLimited(TreeNode select) {
        return select.node("limitCount")
                .filter(limit -> !limit.body().flag("isnull"))
                .isPresent();
    }

    private Query collect(
            List<TreeNode> roots, List<Query.Output> outputs, Optional<Expression> where, boolean limited) {
        List<TreeNode> rangeVariables = new ArrayList<>();
        Set<String> commonTables = new HashSet<>();
        List<Query.FunctionName> functions = new ArrayList<>();
        List<ColumnReference> columns = new ArrayList<>();
        List<Statement> modifications = new ArrayList<>();
        List<Query.RowLock> rowLocks = new ArrayList<>();
        Set<TreeNode> locked = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<TreeNode> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            TreeNode node = open.pop();
            TreeNode body = node.body();
            for (TreeNode clause : body.list("lockingClause")) {
                lock(body, context.relations(clause.body(), "lockedRels"), locked);
            }
            switch (node.tag()) {
                case "RangeVar" -> rangeVariables.add(body);
                case "CommonTableExpr" -> {
                    commonTables.add(body.string("ctename"));
                    TreeNode query = body.node("ctequery").orElse(TreeNode.EMPTY);
                    if (DATA_MODIFYING.contains(query.tag())) {
                        modifications.add(statements.apply(query));
                        continue;
                    }
                }
                case "FuncCall" -> functions.add(expressions.functionName(body));
                case "ColumnRef" -> {
                    ColumnReference reference = expressions.columnReference(body);
                    if (!context.isVariable(reference.parts())) {
                        columns.add(reference);
                    }
                }
                case "JoinExpr" ->
                    body.strings("usingClause").forEach(column -> columns.add(new ColumnReference(List.of(column))));
                case "LockingClause" -> {
                    rowLocks.add(rowLock(body));
                    continue;
                }
                default -> {}
            }
            List<TreeNode> children = body.children();
            for (int i = children.size() - 1; i >= 0; i--) {
                open.push(children.get(i));
            }
        }
        List<Query.Source> sources = rangeVariables.stream()
                .filter(relation -> relation.has("schemaname") || !commonTables.contains(relation.string("relname")))
                .map(relation -> new Query.Source(
                        context.relation(relation),
                        relation.node("alias")
                                .map(alias -> context.column(alias.body().string("aliasname"))),
                        !relation.flag("inh"),
                        locked.contains(relation)))
                .toList();
        return new Query(sources, functions, columns, outputs, modifications, where, limited, rowLocks);
    }

    /** Marks what a FOR UPDATE clause of a query locks: all of its FROM clause, or those named; all of a subquery there. */
    private void lock(TreeNode select, List<ObjectName> named, Set<TreeNode> locked) {
        Deque<TreeNode> open = new ArrayDeque<>(select.list("fromClause"));
        while (!open.isEmpty()) {
            TreeNode source = open.pop();
            TreeNode body = source.body();
            switch (source.tag()) {
                case "RangeVar" -> {
                    if (isNamed(body, body.string("relname"), named)) {
                        locked.add(body);
                    }
                }
                case "RangeSubselect" -> {
                    if (isNamed(body, "", named)) {
                        body.node("subquery").ifPresent(query -> lock(query.body(), List.of(), locked));
                    }
                }
                case "JoinExpr" -> {
                    body.node("larg").ifPresent(open::push);
                    body.node("rarg").ifPresent(open::push);
                }
                default -> {}
            }
        }
    }

    private static boolean isNamed(TreeNode source, String name, List<ObjectName> named) {
        String known = source.node("alias")
                .map(alias -> alias.body().string("aliasname"))
                .orElse(name);
        return named.isEmpty()
                || named.stream().anyMatch(wanted -> wanted.name().equals(known));
    }

    /** The rows that an INSERT writes out: those of VALUES, or the select list. */
    List<List<Expression>> rows(TreeNode select) {
        TreeNode body = select.body();
        List<List<Expression>> values = body.list("valuesLists").stream()
                .map(row ->
                        row.body().list("items").stream().map(expressions::map).toList())
                .toList();
        List<Expression> outputs = body.list("targetList").stream()
                .map(output -> expressions.map(output.body().node("val").orElse(TreeNode.EMPTY)))
                .toList();
        return outputs.isEmpty() ? values : List.of(outputs);
    }

    private Query.RowLock rowLock(TreeNode clause) {
        Query.RowLock.Strength strength = switch (clause.string("strength")) {
            case "LCS_FORKEYSHARE" -> Query.RowLock.Strength.KEY_SHARE;
            case "LCS_FORSHARE" -> Query.RowLock.Strength.SHARE;
            case "LCS_FORNOKEYUPDATE" -> Query.RowLock.Strength.NO_KEY_UPDATE;
            default -> Query.RowLock.Strength.UPDATE;
        };
        return new Query.RowLock(strength, context.relations(clause, "lockedRels"));
    }

    private List<Query.Output> outputs(TreeNode select, int depth) {
        return select.list("targetList").stream()
                .map(TreeNode::body)
                .map(target -> output(target, target.node("val").orElse(TreeNode.EMPTY), depth))
                .toList();
    }

    private Query.Output output(TreeNode target, TreeNode value, int depth) {
        return new Query.Output(
                target.nonEmpty("name")
                        .or(() -> ExpressionLabels.label(value))
                        .map(context::column)
                        .orElse("?column?"),
                expressions.map(value, depth));
    }
}
