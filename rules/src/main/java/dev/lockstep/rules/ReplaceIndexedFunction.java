package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Index;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Routine;
import dev.lockstep.catalog.Table;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.RoutineStatement.AlterFunction;
import dev.lockstep.sql.RoutineStatement.CreateFunction;
import dev.lockstep.sql.RoutineStatement.Volatility;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A function changed whose results are stored: in an index, in a generated column, as the promise of a CHECK. */
final class ReplaceIndexedFunction implements StatementRule {

    private static final String ADVICE =
            "Create the new function under another name and build the index anew with it, CONCURRENTLY; then drop the old ones.";

    private static final Cause STORED_RESULTS = new Cause(
            "stored-results",
            Severity.WARNING,
            Hazard.NONE,
            "{0} is replaced, but {1} keep what the old one returned: if the new one returns anything else, queries miss rows.",
            ADVICE);

    private static final Cause NOT_IMMUTABLE = new Cause(
            "not-immutable",
            Severity.ERROR,
            Hazard.NONE,
            "{0} is no longer IMMUTABLE, but {1} rest on it: what is stored goes out of date, and queries miss rows.",
            ADVICE);

    private static final RuleInfo INFO = new RuleInfo(
            "replace-indexed-function",
            "A function is changed whose results an index, a generated column or a CHECK rests on",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of(),
            List.of(STORED_RESULTS, NOT_IMMUTABLE));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.statement() instanceof CreateFunction create && create.orReplace()) {
            boolean immutable =
                    create.volatility().filter(Volatility.IMMUTABLE::equals).isPresent();
            check(context, create.function(), immutable ? STORED_RESULTS : NOT_IMMUTABLE, report);
        } else if (context.statement() instanceof AlterFunction alter
                && alter.volatility()
                        .filter(volatility -> volatility != Volatility.IMMUTABLE)
                        .isPresent()) {
            check(context, alter.function(), NOT_IMMUTABLE, report);
        }
    }

    private static void check(StatementContext context, ObjectName function, Cause cause, Reporter report) {
        Optional<QualifiedName> name = context.before().routines(function).stream()
                .map(Routine::plainName)
                .findFirst();
        if (name.isEmpty()) {
            return;
        }
        String users = users(context, name.get()).sorted().distinct().collect(Collectors.joining(", "));
        if (!users.isEmpty()) {
            report.report(Hit.at(function.span(), cause, name.get().toString(), users));
        }
    }

    private static Stream<String> users(StatementContext context, QualifiedName function) {
        Catalog catalog = context.before();
        Stream<String> indexes = catalog.all(Index.class).stream()
                .filter(index -> context.isInUse(index.table()))
                .filter(index -> index.expressions().anyMatch(expression -> calls(expression, function)))
                .map(index -> "index " + index.name());
        Stream<String> columnsAndChecks = catalog.tables().stream()
                .filter(table -> context.isInUse(table.name()))
                .flatMap(table -> usersIn(table, function));
        return Stream.concat(indexes, columnsAndChecks);
    }

    private static Stream<String> usersIn(Table table, QualifiedName function) {
        return Stream.concat(
                table.columns().stream()
                        .filter(column -> column.generatedAs()
                                .filter(expression -> calls(expression, function))
                                .isPresent())
                        .map(column -> "column " + table.name() + "." + column.name()),
                table.constraints().stream()
                        .filter(constraint -> constraint
                                .expression()
                                .filter(expression -> calls(expression, function))
                                .isPresent())
                        .map(constraint -> "check " + constraint.name()));
    }

    private static boolean calls(Expression expression, QualifiedName function) {
        return expression instanceof Expression.FunctionCall call
                        && call.name().equals(function.name())
                        && call.schema().filter(function.schema()::equals).isPresent()
                || expression.children().stream().anyMatch(child -> calls(child, function));
    }
}
