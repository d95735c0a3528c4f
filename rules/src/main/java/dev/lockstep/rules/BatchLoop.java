package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Index;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.CodeOf;
import dev.lockstep.rules.support.RowBounds;
import dev.lockstep.sql.Code;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A loop that changes rows of an existing table bit by bit, and defeats its purpose. */
final class BatchLoop implements StatementRule {

    private static final Cause NEVER_COMMITS = new Cause(
            "never-commits",
            Severity.WARNING,
            Hazard.ROW_LOCKS,
            "The loop changes {0} batch by batch and never commits: it is one long transaction all the same, and every row it"
                    + " changes stays locked until the last is done.",
            "COMMIT after each batch, in a file that the migration tool runs without a transaction.");

    private static final Cause NEVER_ENDS = new Cause(
            "never-ends",
            Severity.ERROR,
            Hazard.FAILURE,
            "The loop that changes {0} has no way out: it goes on until somebody cancels it.",
            "EXIT WHEN NOT FOUND after the statement that changes the rows.");

    private static final Cause SAME_ROWS = new Cause(
            "same-rows",
            Severity.ERROR,
            Hazard.FAILURE,
            "Each round of the loop may pick the same rows of {0} again: what picks them does not ask for anything that the"
                    + " UPDATE changes, so the loop goes on until somebody cancels it.",
            "Pick the rows that are still to be changed, or go through the key: WHERE id > last ORDER BY id LIMIT n.");

    private static final Cause NO_INDEX = new Cause(
            "no-index",
            Severity.WARNING,
            Hazard.NONE,
            "Each round of the loop reads {0} from the start to find its rows: no index begins with {1}. The more is done, the"
                    + " longer a round takes.",
            "Go through an indexed key, or create an index for it first.");

    private static final RuleInfo INFO = new RuleInfo(
            "batch-loop",
            "A loop that changes rows in batches never commits, never ends, or has no index to go by",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(),
            List.of(NEVER_COMMITS, NEVER_ENDS, SAME_ROWS, NO_INDEX));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** A statement that changes rows of one table. */
    private record Change(QualifiedName table, Optional<Expression> where, Set<String> columns, Span head) {

        static Optional<Change> of(Statement statement, Catalog catalog) {
            if (statement instanceof Statement.Update update) {
                return Optional.of(of(update.table(), update.where(), update.columns(), update.head(), catalog));
            }
            return statement instanceof Statement.Delete delete
                    ? Optional.of(of(delete.table(), delete.where(), List.of(), delete.head(), catalog))
                    : Optional.empty();
        }

        private static Change of(
                ObjectName table, Optional<Expression> where, List<String> columns, Span head, Catalog catalog) {
            return new Change(catalog.resolve(table), where, Set.copyOf(columns), head);
        }
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof RoutineStatement.DoBlock)) {
            return;
        }
        boolean commits = CodeOf.statements(context).anyMatch(Code.TransactionEnd.class::isInstance);
        CodeOf.block(context).stream()
                .flatMap(block -> outermostLoops(block.body()))
                .forEach(loop -> check(loop, commits, context, report));
    }

    private static Stream<Code.Loop> outermostLoops(List<Code> body) {
        return body.stream().flatMap(code -> {
            if (code instanceof Code.Loop loop) {
                return Stream.of(loop);
            }
            if (code instanceof Code.Block block) {
                return outermostLoops(block.body());
            }
            return code instanceof Code.Choice choice
                    ? Stream.concat(
                            choice.branches().stream().flatMap(branch -> outermostLoops(branch.body())),
                            outermostLoops(choice.otherwise()))
                    : Stream.of();
        });
    }

    private static void check(Code.Loop loop, boolean commits, StatementContext context, Reporter report) {
        List<Change> changes = loop.within()
                .filter(Code.Sql.class::isInstance)
                .flatMap(code -> Change.of(((Code.Sql) code).statement(), context.before()).stream())
                .filter(change -> context.isDeployed(change.table()))
                .toList();
        if (changes.isEmpty()) {
            return;
        }
        Change first = changes.get(0);
        if (loop.head() instanceof Code.Head.Forever && !canEnd(loop)) {
            report.report(Hit.at(first.head(), NEVER_ENDS, first.table().toString()));
            return;
        }
        if (!commits && !goesOverFewRows(loop, context.before())) {
            report.report(Hit.at(first.head(), NEVER_COMMITS, first.table().toString()));
        }
        for (Change change : changes) {
            if (!(loop.head() instanceof Code.Head.Rows)) {
                checkPicking(change, loop, context, report);
            }
        }
    }

    /** Whether its rounds are as many as the constants that pin a unique key, or fewer. */
    private static boolean goesOverFewRows(Code.Loop loop, Catalog catalog) {
        return loop.head() instanceof Code.Head.Rows rows
                && rows.query() instanceof Statement.Select select
                && select.query().sources().size() == 1
                && select.query()
                        .where()
                        .filter(new RowBounds(
                                catalog,
                                catalog.resolve(select.query().sources().get(0).relation()))::isBounded)
                        .isPresent();
    }

    private static boolean canEnd(Code.Loop loop) {
        return loop.within()
                .anyMatch(code -> code instanceof Code.Exit exit && !exit.iteration()
                        || code instanceof Code.Return returned && returned.ends()
                        || code instanceof Code.Raise raise && raise.failure().isPresent()
                        || code instanceof Code.Unread);
    }

    private static void checkPicking(Change change, Code.Loop loop, StatementContext context, Reporter report) {
        Optional<Query> picked = change.where().flatMap(BatchLoop::limited);
        boolean anyNumber = loop.head() instanceof Code.Head.Forever || loop.head() instanceof Code.Head.While;
        if (picked.isPresent() && anyNumber && !change.columns().isEmpty() && repeats(picked.get(), change)) {
            report.report(Hit.at(change.head(), SAME_ROWS, change.table().toString()));
            return;
        }
        Set<String> asked = new HashSet<>();
        change.where().ifPresent(where -> askedOf(where, asked));
        Optional<Table> table = context.before().table(change.table()).value().filter(Table::complete);
        boolean known = table.filter(one -> asked.stream()
                        .allMatch(column -> one.column(column).value().isPresent()))
                .isPresent();
        if (known
                && !asked.isEmpty()
                && asked.stream().noneMatch(column -> isIndexed(context, change.table(), column))) {
            report.report(Hit.at(
                    change.head(),
                    NO_INDEX,
                    change.table().toString(),
                    String.join(" or ", asked.stream().sorted().toList())));
        }
    }

    /** {@code key IN (SELECT … LIMIT n)}, {@code ctid = ANY (ARRAY (SELECT … LIMIT n))}. */
    private static Optional<Query> limited(Expression where) {
        if (where instanceof Expression.Subquery subquery) {
            return Optional.of(subquery.query()).filter(Query::limited);
        }
        return where.children().stream()
                .flatMap(child -> limited(child).stream())
                .findFirst();
    }

    /** Whether what picks the rows asks neither for a column that the statement sets nor for a variable that moves on. */
    private static boolean repeats(Query picked, Change change) {
        return picked.where().filter(BatchLoop::readsVariable).isEmpty()
                && picked.columns().stream()
                        .noneMatch(column -> change.columns().contains(column.column()));
    }

    private static boolean readsVariable(Expression expression) {
        return expression instanceof Expression.Variable
                || expression.children().stream().anyMatch(BatchLoop::readsVariable);
    }

    /** The columns by which a round finds its rows: in its sub-select, or compared to a variable. */
    private static void askedOf(Expression where, Set<String> asked) {
        if (where instanceof Expression.Logical logical && logical.connective() == Expression.Logical.Connective.AND) {
            logical.operands().forEach(operand -> askedOf(operand, asked));
        } else if (where instanceof Expression.Operation operation
                && operation.left().orElse(where) instanceof Expression.ColumnReference column
                && readsVariable(operation.right())) {
            asked.add(column.column());
        } else {
            limited(where).flatMap(Query::where).ifPresent(inner -> columns(inner, asked));
        }
    }

    private static void columns(Expression expression, Set<String> asked) {
        if (expression instanceof Expression.ColumnReference column) {
            asked.add(column.column());
        }
        expression.children().forEach(child -> columns(child, asked));
    }

    private static boolean isIndexed(StatementContext context, QualifiedName table, String column) {
        return context.before().indexesOf(table).stream()
                .anyMatch(index -> begins(index, column) || index.predicate().isPresent() && index.uses(column));
    }

    private static boolean begins(Index index, String column) {
        return index.keys().stream()
                .findFirst()
                .flatMap(Statement.IndexKey::column)
                .filter(column::equals)
                .isPresent();
    }
}
