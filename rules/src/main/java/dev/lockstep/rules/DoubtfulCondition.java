package dev.lockstep.rules;

import dev.lockstep.catalog.Column;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.Place;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A condition that NULL makes mean something else. */
final class DoubtfulCondition implements StatementRule {

    private static final Cause COMPARED_TO_NULL = new Cause(
            "compared-to-null",
            Severity.WARNING,
            Hazard.NONE,
            "A comparison with NULL is never true: the condition holds for no row.",
            "Use IS NULL or IS NOT NULL.");

    private static final Cause NOT_IN_QUERY = new Cause(
            "not-in-query",
            Severity.WARNING,
            Hazard.NONE,
            "NOT IN (SELECT …) holds for no row at all as soon as the query yields one NULL.",
            "Use NOT EXISTS.");

    private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", ">", "<=", ">=");

    private static final RuleInfo INFO = new RuleInfo(
            "doubtful-condition",
            "A condition compares with NULL, or uses NOT IN with a query that may yield NULL",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of("pgrubic:GN024", "pgrubic:GN026", "pgrubic:QY001"),
            List.of(COMPARED_TO_NULL, NOT_IN_QUERY),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        conditions(context.statement())
                .flatMap(DoubtfulCondition::within)
                .flatMap(expression -> cause(context, expression).stream())
                .distinct()
                .forEach(cause -> report.report(Hit.at(Place.of(context.statement()), cause)));
    }

    private static Stream<Expression> conditions(Statement statement) {
        if (statement instanceof Statement.Update update) {
            return update.where().stream();
        }
        if (statement instanceof Statement.Delete delete) {
            return delete.where().stream();
        }
        if (statement instanceof Statement.Insert insert) {
            return insert.source().where().stream();
        }
        if (statement instanceof Statement.CreateView create) {
            return create.query().where().stream();
        }
        if (statement instanceof Statement.CreateTableAs create) {
            return create.query().where().stream();
        }
        return statement instanceof Statement.CreateIndex create ? create.predicate().stream() : Stream.of();
    }

    private static Stream<Expression> within(Expression expression) {
        return Stream.concat(
                Stream.of(expression), expression.children().stream().flatMap(DoubtfulCondition::within));
    }

    private static Optional<Cause> cause(StatementContext context, Expression expression) {
        if (expression instanceof Expression.Operation operation
                && operation.kind() == Expression.Operation.Kind.PLAIN
                && COMPARISONS.contains(operation.operator())
                && (isNull(operation.right())
                        || operation.left().filter(DoubtfulCondition::isNull).isPresent())) {
            return Optional.of(COMPARED_TO_NULL);
        }
        return expression instanceof Expression.Logical logical
                        && logical.connective() == Expression.Logical.Connective.NOT
                        && logical.operands().get(0) instanceof Expression.Subquery subquery
                        && subquery.tested().isPresent()
                        && mayYieldNull(context, subquery.query())
                ? Optional.of(NOT_IN_QUERY)
                : Optional.empty();
    }

    private static boolean isNull(Expression expression) {
        return expression instanceof Expression.Literal literal && literal.kind() == Expression.Literal.Kind.NULL;
    }

    /** Not where it selects one column that is NOT NULL in the one table it reads, or leaves NULL out. */
    private static boolean mayYieldNull(StatementContext context, Query query) {
        if (query.sources().size() != 1
                || query.outputs().size() != 1
                || !(query.outputs().get(0).value() instanceof Expression.ColumnReference selected)) {
            return true;
        }
        boolean isLeftOut = query.where().stream()
                .flatMap(DoubtfulCondition::within)
                .anyMatch(expression -> expression instanceof Expression.NullTest test
                        && !test.isNull()
                        && test.operand() instanceof Expression.ColumnReference tested
                        && tested.column().equals(selected.column()));
        return !isLeftOut
                && !context.before()
                        .table(query.sources().get(0).relation())
                        .flatMap(table -> table.column(selected.column()))
                        .value()
                        .flatMap(Column::notNull)
                        .orElse(false);
    }
}
