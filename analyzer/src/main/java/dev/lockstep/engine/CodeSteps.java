package dev.lockstep.engine;

import dev.lockstep.catalog.CodeRun;
import dev.lockstep.catalog.Invocation;
import dev.lockstep.engine.HistoryReplay.Step;
import dev.lockstep.lock.TriggeredCode;
import dev.lockstep.parse.NotUnderstood;
import dev.lockstep.rule.Transaction;
import dev.lockstep.rule.Transaction.Opener;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Takes a step apart into the statements of the code that it runs, in order; those of triggers are left to the locks. */
final class CodeSteps {

    /** Code called from deeper is not taken apart. */
    private static final int DEEPEST = 4;

    private final List<Inner> inner = new ArrayList<>();
    private final List<NotUnderstood> opaque = new ArrayList<>();
    private boolean isCode;

    /**
     * A statement of code.
     *
     * @param place where findings about it are shown, when the code stands elsewhere
     * @param apart whether it runs code whose statements follow
     * @param caught the SQLSTATEs of errors that the code handles, as {@link CodeRun.Step#caught} has them
     */
    record Inner(Step step, Optional<Span> place, boolean apart, List<String> caught) {}

    private CodeSteps() {}

    static CodeSteps of(Step step) {
        CodeSteps steps = new CodeSteps();
        steps.isCode = steps.collect(step, Optional.empty(), 0);
        return steps;
    }

    /** Whether the step runs code that is known. */
    boolean isCode() {
        return isCode;
    }

    List<Inner> inner() {
        return inner;
    }

    /** What of it may do anything. */
    List<NotUnderstood> opaque() {
        return opaque;
    }

    private boolean collect(Step step, Optional<Span> place, int depth) {
        Statement statement = step.statement();
        if (statement instanceof RoutineStatement.DoBlock block) {
            add(step, Invocation.of(block), place, place.orElse(statement.span()), depth);
            return true;
        }
        Span call = place.orElse(statement.span());
        if (statement instanceof RoutineStatement.Call procedure) {
            Optional<Invocation> called = Invocation.of(procedure, step.before());
            called.ifPresentOrElse(
                    code -> add(step, code, Optional.of(call), call, depth),
                    () -> opaque.add(new NotUnderstood("CALL", call)));
            return called.isPresent();
        }
        // What they do counts for the statement that fires them as well.
        TriggeredCode.of(statement, step.before())
                .forEach(code -> add(step, code, Optional.of(call), call, depth, CodeSteps::isWorkOfItsOwn));
        boolean found = false;
        if (statement instanceof Statement.Select select) {
            for (Query.Output output : select.query().outputs()) {
                Optional<Invocation> called = output.value() instanceof Expression.FunctionCall function
                        ? Invocation.of(function, step.before())
                        : Optional.empty();
                called.ifPresent(code -> add(step, code, Optional.of(call), call, depth));
                found = found || called.isPresent();
            }
        }
        return found;
    }

    /** What a trigger does to other rows by the key of the row that fired it is as much as the statement does itself. */
    private static boolean isWorkOfItsOwn(Statement statement) {
        if (statement instanceof Statement.Update update) {
            return update.where().filter(CodeSteps::readsVariable).isEmpty();
        }
        return statement instanceof Statement.Delete delete
                ? delete.where().filter(CodeSteps::readsVariable).isEmpty()
                : !(statement instanceof Statement.Insert);
    }

    private static boolean readsVariable(Expression expression) {
        return expression instanceof Expression.Variable
                || expression.children().stream().anyMatch(CodeSteps::readsVariable);
    }

    private void add(Step step, Invocation invocation, Optional<Span> place, Span shown, int depth) {
        add(step, invocation, place, shown, depth, statement -> true);
    }

    private void add(
            Step step,
            Invocation invocation,
            Optional<Span> place,
            Span shown,
            int depth,
            Predicate<Statement> isJudged) {
        // Code that PostgreSQL refuses to read does nothing.
        if (depth == DEEPEST || !invocation.problems().isEmpty()) {
            return;
        }
        CodeRun run = CodeRun.of(invocation, step.before(), step.now());
        run.opaque()
                .forEach(span ->
                        opaque.add(new NotUnderstood("dynamic SQL", span.length() == 0 ? shown : place.orElse(span))));
        Transaction outer = step.transaction();
        Transaction inside = new Transaction(true, Opener.CODE, outer.fileIsRefused(), Optional.empty());
        for (CodeRun.Step one : run.steps()) {
            if (one.again() || !isJudged.test(one.statement())) {
                continue;
            }
            Step made = new Step(one.statement(), one.before(), one.after(), one.now(), inside, step.settings());
            int at = inner.size();
            inner.add(new Inner(made, place, false, one.caught()));
            if (collect(made, place, depth + 1)) {
                inner.set(at, new Inner(made, place, true, one.caught()));
            }
        }
    }
}
