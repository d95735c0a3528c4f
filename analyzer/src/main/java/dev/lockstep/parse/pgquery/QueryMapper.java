package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
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
        return collect(List.of(select), isLimited(select.body()));
    }

    /** What a data-modifying statement reads besides its target: everything but the field {@code relation}. */
    Query reads(TreeNode statement, String... fields) {
        List<TreeNode> roots = new ArrayList<>();
        for (String field : fields) {
            statement.node(field).ifPresent(roots::add);
            roots.addAll(statement.list(field));
        }
        return collect(roots, false);
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

    private Query collect(List<TreeNode> roots, boolean limited) {
        List<TreeNode> rangeVariables = new ArrayList<>();
        Set<String> commonTables = new HashSet<>();
        List<Query.FunctionName> functions = new ArrayList<>();
        List<Statement> modifications = new ArrayList<>();
        boolean locksRows = false;
        Deque<TreeNode> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            TreeNode node = open.pop();
            TreeNode body = node.body();
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
                case "LockingClause" -> locksRows = true;
                default -> {}
            }
            List<TreeNode> children = body.children();
            for (int i = children.size() - 1; i >= 0; i--) {
                open.push(children.get(i));
            }
        }
        List<ObjectName> relations = rangeVariables.stream()
                .filter(relation -> relation.has("schemaname") || !commonTables.contains(relation.string("relname")))
                .map(context::relation)
                .toList();
        return new Query(relations, functions, modifications, limited, locksRows);
    }
}
