package dev.lockstep.catalog;

import dev.lockstep.catalog.CodeRun.Likelihood;
import dev.lockstep.catalog.CodeRun.Raised;
import dev.lockstep.catalog.CodeRun.Step;
import dev.lockstep.catalog.Constant.Array;
import dev.lockstep.catalog.Constant.Row;
import dev.lockstep.catalog.Constant.Text;
import dev.lockstep.sql.Code;
import dev.lockstep.sql.Code.Head;
import dev.lockstep.sql.Code.Value;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.RoutineStatement.Call;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Runs code without data: where nobody knows which way it goes, every way. It ends for any code. */
final class CodeReplay {

    /** Code that runs more statements is given up. */
    private static final int MOST_STEPS = 2_000;

    /** Longer known loops count as loops nobody knows. */
    private static final int MOST_ROUNDS = 500;

    private final Invocation invocation;
    private final Calls calls;
    private final List<Step> steps = new ArrayList<>();
    private final List<Raised> raised = new ArrayList<>();
    private final List<Span> opaque = new ArrayList<>();
    private final Map<String, Statement> cursors = new HashMap<>();
    private final Set<String> scalars = new HashSet<>();
    private List<String> caught = List.of();
    private Likelihood commits = Likelihood.NEVER;
    private boolean again;

    /**
     * Where the code is.
     *
     * @param atBegin the schema when the transaction began
     * @param known the variables whose values are known
     * @param certain whether it gets here in any case
     */
    private record State(Catalog catalog, Catalog atBegin, Map<String, Constant> known, boolean certain, Moment now) {

        State with(Catalog other) {
            return new State(other, atBegin, known, certain, now);
        }

        State certain(boolean isCertain) {
            return new State(catalog, atBegin, known, isCertain, now);
        }

        State knowing(String variable, Optional<Constant> value) {
            Map<String, Constant> other = new HashMap<>(known);
            value.ifPresentOrElse(constant -> other.put(variable, constant), () -> other.remove(variable));
            return new State(catalog, atBegin, other, certain, now);
        }

        State forgetting(Iterable<String> variables) {
            Map<String, Constant> other = new HashMap<>(known);
            variables.forEach(other::remove);
            return new State(catalog, atBegin, other, certain, now);
        }

        State join(State other) {
            Map<String, Constant> same = new HashMap<>(known);
            same.entrySet().removeIf(entry -> !entry.getValue().equals(other.known.get(entry.getKey())));
            return new State(
                    catalog.join(other.catalog),
                    atBegin.join(other.atBegin),
                    same,
                    certain && other.certain,
                    now.transaction() >= other.now.transaction() ? now : other.now);
        }
    }

    private enum Jump {
        EXIT,
        CONTINUE,
        RETURN
    }

    private record Leaving(Jump jump, Optional<String> label, State state) {}

    /** What comes of a statement: where it goes on, if it does, and where it left for. */
    private record Flow(Optional<State> next, List<Leaving> leaving) {

        static Flow on(State state) {
            return new Flow(Optional.of(state), List.of());
        }

        static Flow leaving(Jump jump, Optional<String> label, State state) {
            return new Flow(Optional.empty(), List.of(new Leaving(jump, label, state)));
        }
    }

    CodeReplay(Invocation invocation, Calls calls) {
        this.invocation = invocation;
        this.calls = calls;
    }

    CodeRun run(Catalog catalog, Moment now) {
        State start = new State(catalog, catalog, invocation.known(), true, now);
        if (invocation.code().isEmpty()) {
            opaque.add(new Span(0, 0));
            return result(start.with(catalog.withComplete(false)));
        }
        Flow flow = run(invocation.code().get(), start);
        List<State> ends = new ArrayList<>(flow.next().stream().toList());
        flow.leaving().forEach(leaving -> ends.add(leaving.state()));
        return result(join(ends).orElse(start));
    }

    private CodeRun result(State end) {
        return new CodeRun(steps, raised, commits, opaque, end.catalog(), end.now());
    }

    private static Optional<State> join(List<State> states) {
        return states.stream().reduce(State::join);
    }

    private Flow run(List<Code> body, State start) {
        List<Leaving> leaving = new ArrayList<>();
        Optional<State> state = Optional.of(start);
        for (Code code : body) {
            if (state.isEmpty()) {
                break;
            }
            if (steps.size() > MOST_STEPS || !calls.mayGoOn()) {
                return new Flow(Optional.of(lost(code, state.get())), leaving);
            }
            Flow flow = run(code, state.get());
            leaving.addAll(flow.leaving());
            state = flow.leaving().isEmpty() ? flow.next() : flow.next().map(next -> next.certain(false));
        }
        return new Flow(state, leaving);
    }

    /** After what may have done anything. */
    private State lost(Code code, State state) {
        opaque.add(code.span());
        return new State(state.catalog().withComplete(false), state.atBegin(), Map.of(), false, state.now());
    }

    private Flow run(Code code, State state) {
        if (code instanceof Code.Block block) {
            return block(block, state);
        }
        if (code instanceof Code.Sql sql) {
            return Flow.on(sql(sql.statement(), sql.into(), state));
        }
        if (code instanceof Code.Execute execute) {
            return Flow.on(execute(execute, execute.into(), state));
        }
        if (code instanceof Code.Assign assign) {
            State read = read(assign.value(), state);
            return Flow.on(
                    read.knowing(assign.target(), assign.whole() ? value(assign.value(), read) : Optional.empty()));
        }
        if (code instanceof Code.Choice choice) {
            return choice(choice, state);
        }
        if (code instanceof Code.Loop loop) {
            return loop(loop, state);
        }
        if (code instanceof Code.Exit exit) {
            return exit(exit, state);
        }
        if (code instanceof Code.Return returned) {
            return returned(returned, state);
        }
        if (code instanceof Code.Raise raise) {
            return raise(raise, state);
        }
        if (code instanceof Code.TransactionEnd end) {
            return end(end, state);
        }
        return Flow.on(simple(code, state));
    }

    private State simple(Code code, State state) {
        if (code instanceof Code.Assert check) {
            return read(check.condition(), state);
        }
        if (code instanceof Code.Diagnostics diagnostics) {
            return state.forgetting(diagnostics.targets());
        }
        if (code instanceof Code.Open open) {
            return open(open, state);
        }
        if (code instanceof Code.CursorMove move) {
            return state.forgetting(move.into()).forgetting(List.of("found"));
        }
        return code instanceof Code.Unread ? lost(code, state) : state;
    }

    private Flow block(Code.Block block, State start) {
        State state = start;
        for (Code.Variable variable : block.declarations()) {
            variable.cursor().ifPresent(query -> cursors.put(variable.name(), query));
            if (!variable.type().equals("record") && !variable.type().endsWith("%rowtype")) {
                scalars.add(variable.name());
            }
            if (variable.initial().isPresent()) {
                state = read(variable.initial().get(), state);
            }
            State read = state;
            Optional<Constant> initial = variable.initial().isPresent()
                    ? variable.initial().flatMap(value -> value(value, read))
                    : Optional.of(new Constant.Null());
            state = state.knowing(variable.name(), initial);
        }
        return block.handlers().isEmpty() ? run(block.body(), state) : guarded(block, state);
    }

    /** A subtransaction: what it locked and made is undone when a handler takes over. */
    private Flow guarded(Code.Block block, State start) {
        List<String> outer = caught;
        List<String> own = new ArrayList<>(outer);
        block.handlers().stream()
                .filter(handler -> handler.body().stream().noneMatch(CodeReplay::raisesAgain))
                .forEach(handler -> own.addAll(handler.conditions()));
        Optional<Boolean> succeeds = succeeds(block, start.catalog());
        caught = own;
        Flow tried = run(
                block.body(),
                start.certain(
                        start.certain() && succeeds.filter(Boolean.TRUE::equals).isPresent()));
        caught = outer;
        List<Leaving> leaving = new ArrayList<>(tried.leaving());
        List<State> ends = new ArrayList<>();
        if (!succeeds.equals(Optional.of(false))) {
            tried.next().ifPresent(ends::add);
        }
        if (!succeeds.equals(Optional.of(true))) {
            Set<String> assigned = Assigned.in(block.body());
            for (Code.Handler handler : block.handlers()) {
                boolean sure = start.certain()
                        && succeeds.isPresent()
                        && block.handlers().size() == 1;
                Flow handled = run(handler.body(), start.forgetting(assigned).certain(sure));
                leaving.addAll(handled.leaving());
                if (succeeds.isPresent() || !makesOnly(block)) {
                    handled.next().ifPresent(ends::add);
                }
            }
        }
        boolean certain = start.certain() && leaving.isEmpty();
        return new Flow(join(ends).map(end -> end.certain(certain)), leaving);
    }

    private static boolean raisesAgain(Code code) {
        return code instanceof Code.Raise raise
                && raise.failure().filter("*"::equals).isPresent();
    }

    /** Whether a block that makes one thing, and lets pass that it is there already, finds it missing. */
    private static Optional<Boolean> succeeds(Code.Block block, Catalog catalog) {
        return makesOnly(block) && block.body().get(0) instanceof Code.Sql sql
                ? Existing.of(sql.statement(), catalog).map(exists -> !exists)
                : Optional.empty();
    }

    /** When what it makes was there before, it is there afterwards all the same. */
    private static boolean makesOnly(Code.Block block) {
        Set<String> duplicates = Set.of("42P07", "42710", "42701", "42P06", "*");
        return block.body().size() == 1
                && block.body().get(0) instanceof Code.Sql sql
                && Existing.isMade(sql.statement())
                && block.handlers().stream().allMatch(handler -> duplicates.containsAll(handler.conditions()));
    }

    // ---- SQL

    private State sql(Statement statement, List<String> into, State state) {
        Statement given = Substitution.in(statement, state.known());
        State after = effect(given, state);
        steps.add(new Step(given, state.catalog(), after.catalog(), state.now(), state.certain(), again, caught));
        State next = after.forgetting(into).forgetting(List.of("found"));
        if (statement instanceof Statement.Select select
                && select.query().sources().isEmpty()
                && select.query().outputs().size() == into.size()) {
            for (int i = 0; i < into.size(); i++) {
                next = next.knowing(
                        into.get(i),
                        evaluation(state).value(select.query().outputs().get(i).value()));
            }
        }
        return next;
    }

    private State effect(Statement statement, State state) {
        if (!(statement instanceof Call call)) {
            return state.with(CatalogReplay.apply(state.catalog(), statement, state.now(), calls));
        }
        Optional<Invocation> called = Invocation.of(call, state.catalog()).filter(calls::canReach);
        if (called.isEmpty()) {
            return state.with(state.catalog().withComplete(false));
        }
        CodeRun run = new CodeReplay(called.get(), calls.to(called.get())).run(state.catalog(), state.now());
        if (run.commits() != Likelihood.NEVER) {
            commits = commits.or(state.certain() ? run.commits() : Likelihood.PERHAPS);
        }
        return new State(run.after(), state.atBegin(), state.known(), state.certain(), run.end());
    }

    private Evaluation evaluation(State state) {
        return new Evaluation(state.catalog(), state.known(), Map.of());
    }

    private Optional<Constant> value(Value value, State state) {
        return value.expression().flatMap(evaluation(state)::value);
    }

    /** An expression may read tables and call functions as a query does. */
    private State read(Value value, State state) {
        Query query = value.query();
        boolean plain = query.sources().isEmpty()
                && query.functions().stream().allMatch(name -> Volatilities.isBuiltIn(name.schema(), name.name()));
        return plain ? state : sql(new Statement.Select(query, value.span()), List.of(), state);
    }

    private State execute(Code.Execute execute, List<String> into, State start) {
        State state = read(execute.text(), start);
        for (Value argument : execute.using()) {
            state = read(argument, state);
        }
        String text = execute.text().expression().map(evaluation(state)::text).orElse(Constant.UNKNOWN_PART);
        boolean shaped = text.replace(Constant.UNKNOWN_PART, "").strip().indexOf(' ') > 0;
        Optional<List<Statement>> statements = shaped || !text.contains(Constant.UNKNOWN_PART)
                ? execute.reader().read(text)
                : Optional.empty();
        if (statements.isEmpty() && !text.contains(Constant.UNKNOWN_PART)) {
            raise("42601", state, "syntax error");
            return state.forgetting(into);
        }
        if (statements.isEmpty()) {
            return lost(execute, state);
        }
        for (Statement statement : statements.get()) {
            if (statement instanceof Statement.Transaction) {
                raise("0A000", state, "EXECUTE of transaction commands is not implemented");
            } else {
                state = sql(statement, List.of(), state);
            }
        }
        return state.forgetting(into);
    }

    private State open(Code.Open open, State state) {
        if (open.dynamic().isPresent()) {
            return execute(open.dynamic().get(), List.of(), state);
        }
        Optional<Statement> query = open.query().or(() -> Optional.ofNullable(cursors.get(open.cursor())));
        return query.map(statement -> sql(statement, List.of(), state)).orElse(state);
    }

    // ---- ways

    private Flow choice(Code.Choice choice, State start) {
        List<State> ends = new ArrayList<>();
        List<Leaving> leaving = new ArrayList<>();
        boolean undecided = false;
        State state = start;
        for (Code.Branch branch : choice.branches()) {
            state = read(branch.condition(), state);
            Optional<Boolean> taken = branch.condition().expression().flatMap(evaluation(state)::holds);
            if (taken.equals(Optional.of(false))) {
                continue;
            }
            boolean sure = taken.isPresent() && !undecided;
            Flow flow = run(branch.body(), sure ? state : state.certain(false));
            leaving.addAll(flow.leaving());
            flow.next().ifPresent(ends::add);
            if (taken.isPresent()) {
                return chosen(start, ends, leaving, sure);
            }
            undecided = true;
        }
        Flow otherwise = run(choice.otherwise(), undecided ? state.certain(false) : state);
        leaving.addAll(otherwise.leaving());
        otherwise.next().ifPresent(ends::add);
        return chosen(start, ends, leaving, !undecided);
    }

    private static Flow chosen(State start, List<State> ends, List<Leaving> leaving, boolean decided) {
        boolean certain = start.certain() && leaving.isEmpty();
        return new Flow(join(ends).map(end -> decided ? end : end.certain(certain)), leaving);
    }

    private Flow exit(Code.Exit exit, State start) {
        Jump jump = exit.iteration() ? Jump.CONTINUE : Jump.EXIT;
        if (exit.when().isEmpty()) {
            return Flow.leaving(jump, exit.label(), start);
        }
        State state = read(exit.when().get(), start);
        Optional<Boolean> taken = exit.when().get().expression().flatMap(evaluation(state)::holds);
        if (taken.isPresent()) {
            return taken.get() ? Flow.leaving(jump, exit.label(), state) : Flow.on(state);
        }
        return new Flow(
                Optional.of(state.certain(false)), List.of(new Leaving(jump, exit.label(), state.certain(false))));
    }

    private Flow returned(Code.Return returned, State start) {
        State state = returned.value().map(value -> read(value, start)).orElse(start);
        if (returned.query().isPresent()) {
            state = sql(returned.query().get(), List.of(), state);
        }
        if (returned.dynamic().isPresent()) {
            state = execute(returned.dynamic().get(), List.of(), state);
        }
        return returned.ends() ? Flow.leaving(Jump.RETURN, Optional.empty(), state) : Flow.on(state);
    }

    private Flow raise(Code.Raise raise, State start) {
        State state = start;
        for (Value value : raise.values()) {
            state = read(value, state);
        }
        if (raise.failure().isEmpty()) {
            return Flow.on(state);
        }
        if (!raise.failure().get().equals("*")) {
            raise(raise.failure().get(), state, raise.text());
        }
        return new Flow(Optional.empty(), List.of());
    }

    private void raise(String sqlState, State state, String message) {
        if (!CodeRun.catches(caught, sqlState)) {
            raised.add(new Raised(sqlState, state.certain() && !caught.contains("?"), message));
        }
    }

    private Flow end(Code.TransactionEnd end, State state) {
        if (!invocation.endsTransactions() || !caught.isEmpty()) {
            raise("2D000", state, "invalid transaction termination");
            return new Flow(Optional.empty(), List.of());
        }
        commits = commits.or(state.certain() ? Likelihood.ALWAYS : Likelihood.PERHAPS);
        Moment next = new Moment(
                state.now().deploy(), state.now().migration(), state.now().transaction() + 1);
        Catalog kept = end.commit() ? state.catalog() : state.atBegin();
        Catalog after = kept.atTransactionEnd();
        return Flow.on(new State(after, after, state.known(), state.certain(), next));
    }

    // ---- loops

    private Flow loop(Code.Loop loop, State start) {
        Head head = loop.head();
        if (head instanceof Head.Elements elements) {
            State state = read(elements.array(), start);
            Optional<List<Constant>> rounds = value(elements.array(), state)
                    .filter(Array.class::isInstance)
                    .map(array -> ((Array) array).elements());
            return rounds(loop, elements.targets(), rounds, state);
        }
        if (head instanceof Head.Integers integers) {
            return integers(loop, integers, start);
        }
        if (head instanceof Head.Rows rows) {
            State state = sql(rows.query(), List.of(), start);
            return rounds(loop, rows.targets(), rows(rows, state), state);
        }
        if (head instanceof Head.DynamicRows rows) {
            return rounds(loop, rows.targets(), Optional.empty(), execute(rows.query(), List.of(), start));
        }
        if (head instanceof Head.CursorRows rows) {
            Optional<Statement> query = Optional.ofNullable(cursors.get(rows.cursor()));
            State state =
                    query.map(statement -> sql(statement, List.of(), start)).orElse(start);
            return rounds(loop, List.of(rows.variable()), Optional.empty(), state);
        }
        if (head instanceof Head.While condition) {
            State state = read(condition.condition(), start);
            Optional<Boolean> first = condition.condition().expression().flatMap(evaluation(state)::holds);
            return first.equals(Optional.of(false)) ? Flow.on(state) : unknown(loop, state, first.isPresent());
        }
        return unknown(loop, start, true);
    }

    /** The rows of a query that the catalog answers; those of others are not known. */
    private Optional<List<Constant>> rows(Head.Rows rows, State state) {
        if (!(rows.query() instanceof Statement.Select select)) {
            return Optional.empty();
        }
        Query query = select.query();
        if (query.sources().isEmpty() && query.outputs().size() == 1) {
            String name = query.outputs().get(0).name();
            return evaluation(state)
                    .value(query.outputs().get(0).value())
                    .filter(Array.class::isInstance)
                    .map(array -> ((Array) array)
                            .elements().stream()
                                    .map(element ->
                                            target(rows.targets(), List.of(name), new Row(Map.of(name, element))))
                                    .toList());
        }
        return new SystemQuery(state.catalog(), query, evaluation(state))
                .rows()
                .filter(found -> !found.isEmpty() || state.catalog().isComplete())
                .map(found -> found.stream()
                        .map(row -> target(
                                rows.targets(),
                                query.outputs().stream().map(Query.Output::name).toList(),
                                row))
                        .toList());
    }

    /** As its targets take a row: a record as a whole, scalars column by column; a single scalar the first. */
    private Constant target(List<String> targets, List<String> columns, Row row) {
        if (targets.size() == 1 && !scalars.contains(targets.get(0))) {
            return row;
        }
        Map<String, Constant> assigned = new HashMap<>();
        for (int i = 0; i < Math.min(targets.size(), columns.size()); i++) {
            Optional<Constant> value = Optional.ofNullable(row.fields().get(columns.get(i)));
            if (value.isPresent()) {
                assigned.put(targets.get(i), value.get());
            }
        }
        return new Row(assigned);
    }

    private Flow integers(Code.Loop loop, Head.Integers head, State start) {
        State state = read(head.to(), read(head.from(), start));
        Optional<Long> from = value(head.from(), state).flatMap(Evaluation::number);
        Optional<Long> to = value(head.to(), state).flatMap(Evaluation::number);
        long step = head.step().isEmpty()
                ? 1
                : head.step()
                        .flatMap(value -> value(value, state))
                        .flatMap(Evaluation::number)
                        .orElse(0L);
        if (from.isEmpty() || to.isEmpty() || step < 1) {
            return rounds(loop, List.of(head.variable()), Optional.empty(), state);
        }
        List<Constant> values = new ArrayList<>();
        long sign = head.reverse() ? -1 : 1;
        for (long i = from.get(); sign * i <= sign * to.get() && values.size() <= MOST_ROUNDS; i += sign * step) {
            values.add(new Text(String.valueOf(i)));
        }
        return rounds(loop, List.of(head.variable()), Optional.of(values), state);
    }

    /** A loop over what is known round by round, or else any number of times. */
    private Flow rounds(Code.Loop loop, List<String> targets, Optional<List<Constant>> known, State start) {
        if (known.isEmpty() || known.get().size() > MOST_ROUNDS) {
            return unknown(loop, start.forgetting(targets), known.isPresent());
        }
        List<Leaving> leaving = new ArrayList<>();
        List<State> exits = new ArrayList<>();
        Optional<State> state = Optional.of(start);
        for (Constant element : known.get()) {
            if (state.isEmpty()) {
                break;
            }
            Round round = round(loop, assign(targets, element, state.get()));
            leaving.addAll(round.leaving());
            exits.addAll(round.exits());
            boolean sure = round.exits().isEmpty() && round.leaving().isEmpty();
            state = round.next().map(next -> sure ? next : next.certain(false));
        }
        state.ifPresent(exits::add);
        boolean certain = start.certain() && leaving.isEmpty();
        return new Flow(join(exits).map(end -> end.certain(certain)), leaving);
    }

    private State assign(List<String> targets, Constant element, State state) {
        boolean whole = targets.size() == 1 && !(element instanceof Row && scalars.contains(targets.get(0)));
        if (whole) {
            return state.knowing(targets.get(0), Optional.of(element));
        }
        State assigned = state.forgetting(targets);
        if (element instanceof Row row) {
            for (String target : targets) {
                assigned = assigned.knowing(
                        target, Optional.ofNullable(row.fields().get(target)));
            }
        }
        return assigned;
    }

    /** One round: where it goes on, where it leaves the loop, and where it leaves for elsewhere. */
    private record Round(Optional<State> next, List<State> exits, List<Leaving> leaving) {}

    private Round round(Code.Loop loop, State start) {
        Flow flow = run(loop.body(), start);
        List<State> on = new ArrayList<>(flow.next().stream().toList());
        List<State> exits = new ArrayList<>();
        List<Leaving> leaving = new ArrayList<>();
        for (Leaving one : flow.leaving()) {
            boolean mine = one.jump() != Jump.RETURN
                    && (one.label().isEmpty() || one.label().equals(loop.label()));
            if (!mine) {
                leaving.add(one);
            } else if (one.jump() == Jump.EXIT) {
                exits.add(one.state());
            } else {
                on.add(one.state());
            }
        }
        boolean certain = start.certain() && exits.isEmpty() && leaving.isEmpty();
        return new Round(join(on).map(next -> next.certain(certain)), exits, leaving);
    }

    /** A loop that nobody knows the rounds of: a first one, and another where the first changed the schema. */
    private Flow unknown(Code.Loop loop, State start, boolean atLeastOnce) {
        Set<String> assigned = Assigned.in(loop.body());
        boolean once = atLeastOnce || loop.head() instanceof Head.Forever;
        State widened = start.forgetting(assigned).forgetting(List.of("found"));
        Round first = round(loop, widened.certain(start.certain() && once));
        List<State> ends = new ArrayList<>(first.exits());
        List<Leaving> leaving = new ArrayList<>(first.leaving());
        if (first.next().isPresent() && first.next().get().catalog() != widened.catalog()) {
            boolean outer = again;
            again = true;
            Round second = round(
                    loop, first.next().get().join(widened).forgetting(assigned).certain(false));
            again = outer;
            ends.addAll(second.exits());
            leaving.addAll(second.leaving());
            if (!(loop.head() instanceof Head.Forever)) {
                second.next().ifPresent(ends::add);
            }
        }
        if (!(loop.head() instanceof Head.Forever)) {
            first.next().ifPresent(ends::add);
            if (!once) {
                ends.add(widened);
            }
        }
        boolean certain = start.certain() && leaving.isEmpty();
        return new Flow(join(ends).map(end -> end.forgetting(assigned).certain(certain)), leaving);
    }

    /** The variables that code gives values to. */
    private static final class Assigned {

        static Set<String> in(List<Code> body) {
            Set<String> found = new HashSet<>();
            body.stream().flatMap(Code::within).forEach(code -> collect(code, found));
            return found;
        }

        private static void collect(Code code, Set<String> found) {
            if (code instanceof Code.Assign assign) {
                found.add(assign.target());
            } else if (code instanceof Code.Sql sql) {
                found.addAll(sql.into());
            } else if (code instanceof Code.Execute execute) {
                found.addAll(execute.into());
            } else if (code instanceof Code.Diagnostics diagnostics) {
                found.addAll(diagnostics.targets());
            } else if (code instanceof Code.CursorMove move) {
                found.addAll(move.into());
            } else if (code instanceof Code.Loop loop) {
                targets(loop.head(), found);
            }
        }

        private static void targets(Head head, Set<String> found) {
            if (head instanceof Head.Rows rows) {
                found.addAll(rows.targets());
            } else if (head instanceof Head.DynamicRows rows) {
                found.addAll(rows.targets());
            } else if (head instanceof Head.Elements elements) {
                found.addAll(elements.targets());
            } else if (head instanceof Head.Integers integers) {
                found.add(integers.variable());
            } else if (head instanceof Head.CursorRows rows) {
                found.add(rows.variable());
            }
        }
    }

    /** Puts known values in the place of variables where a call is given them. */
    private static final class Substitution {

        static Statement in(Statement statement, Map<String, Constant> known) {
            if (known.isEmpty()) {
                return statement;
            }
            UnaryOperator<Expression> change =
                    expression -> Expressions.rewrite(expression, part -> literal(part, known));
            if (statement instanceof Call call) {
                return new Call(
                        call.procedure(), call.arguments().stream().map(change).toList(), call.span());
            }
            return statement instanceof Statement.Select select
                    ? new Statement.Select(
                            select.query()
                                    .withOutputs(select.query().outputs().stream()
                                            .map(output ->
                                                    new Query.Output(output.name(), change.apply(output.value())))
                                            .toList()),
                            select.span())
                    : statement;
        }

        private static Expression literal(Expression part, Map<String, Constant> known) {
            return part instanceof Expression.Variable variable
                            && variable.parts().size() == 1
                            && known.get(variable.parts().get(0)) instanceof Text text
                            && text.isWhole()
                    ? new Expression.Literal(Expression.Literal.Kind.STRING, text.text())
                    : part;
        }
    }
}
