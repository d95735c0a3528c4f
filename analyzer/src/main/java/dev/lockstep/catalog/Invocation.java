package dev.lockstep.catalog;

import dev.lockstep.catalog.Attached.Trigger;
import dev.lockstep.catalog.Constant.Text;
import dev.lockstep.sql.AttachedStatement.Event;
import dev.lockstep.sql.Code;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.RoutineStatement.Body;
import dev.lockstep.sql.RoutineStatement.Call;
import dev.lockstep.sql.RoutineStatement.CreateFunction;
import dev.lockstep.sql.RoutineStatement.DoBlock;
import dev.lockstep.sql.RoutineStatement.Parameter;
import dev.lockstep.text.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Code about to run, and what it is given. */
public final class Invocation {

    private static final Span NOWHERE = new Span(0, 0);

    private final String name;
    private final Optional<Code.Block> code;
    private final List<Code.Problem> problems;
    private final Map<String, Constant> known;
    private final boolean endsTransactions;

    private Invocation(String name, Body body, Map<String, Constant> known, boolean endsTransactions) {
        this.name = name;
        this.code = body.code();
        this.problems = body.problems();
        this.known = Map.copyOf(known);
        this.endsTransactions = endsTransactions;
    }

    public static Invocation of(DoBlock block) {
        return new Invocation("DO", block.body(), Map.of(), true);
    }

    /** Of the one known procedure that the call can mean. */
    public static Optional<Invocation> of(Call call, Catalog catalog) {
        return routine(call.procedure(), call.arguments().size(), true, catalog)
                .map(procedure -> of(procedure, call.arguments(), true, catalog));
    }

    /** Of the one known function that the call can mean. */
    public static Optional<Invocation> of(Expression.FunctionCall call, Catalog catalog) {
        ObjectName name = new ObjectName(call.schema(), call.name(), NOWHERE);
        return routine(name, call.arguments().size(), false, catalog)
                .map(function -> of(function, call.arguments(), false, catalog));
    }

    /** Of a function of which only the name is known, if just one has it. */
    public static Optional<Invocation> of(dev.lockstep.sql.Query.FunctionName function, Catalog catalog) {
        List<CreateFunction> named =
                catalog.routines(new ObjectName(function.schema(), function.name(), NOWHERE)).stream()
                        .flatMap(routine -> routine.definition().stream())
                        .filter(definition -> definition.body().isPresent())
                        .toList();
        return named.size() == 1 ? Optional.of(of(named.get(0), List.of(), false, catalog)) : Optional.empty();
    }

    /** Of the function of a trigger of {@code table} that the event fires. */
    public static Optional<Invocation> of(Trigger trigger, Event event, QualifiedName table, Catalog catalog) {
        QualifiedName function = trigger.function();
        ObjectName name = new ObjectName(
                Optional.of(function.schema()).filter(schema -> !schema.isEmpty()), function.name(), NOWHERE);
        return routine(name, 0, false, catalog)
                .flatMap(CreateFunction::body)
                .map(body -> new Invocation(
                        function.toString(),
                        body,
                        Map.of(
                                "tg_op", new Text(event.name()),
                                "tg_name", new Text(trigger.name()),
                                "tg_when", new Text(trigger.timing().name().replace('_', ' ')),
                                "tg_level", new Text(trigger.forEachRow() ? "ROW" : "STATEMENT"),
                                "tg_table_name", new Text(table.name()),
                                "tg_table_schema", new Text(table.schema())),
                        false));
    }

    private static Optional<CreateFunction> routine(
            ObjectName name, int arguments, boolean procedure, Catalog catalog) {
        List<CreateFunction> candidates = catalog.routines(name).stream()
                .filter(routine -> routine.procedure() == procedure && routine.takes(arguments))
                .flatMap(routine -> routine.definition().stream())
                .filter(definition -> definition.body().isPresent())
                .toList();
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    private static Invocation of(
            CreateFunction function, List<Expression> arguments, boolean procedure, Catalog catalog) {
        Map<String, Constant> known = new HashMap<>();
        Evaluation evaluation = new Evaluation(catalog, Map.of(), Map.of());
        List<Parameter> parameters = function.parameters().stream()
                .filter(parameter -> procedure || parameter.mode().isInput())
                .toList();
        for (int i = 0; i < Math.min(parameters.size(), arguments.size()); i++) {
            Optional<Constant> value = evaluation.value(arguments.get(i));
            if (value.isPresent()) {
                known.put("$" + (i + 1), value.get());
                parameters.get(i).name().ifPresent(parameter -> known.put(parameter, value.get()));
            }
        }
        boolean ends =
                procedure && !function.securityDefiner() && function.settings().isEmpty();
        return new Invocation(
                function.function().toString().toLowerCase(Locale.ROOT),
                function.body().orElseThrow(),
                known,
                ends);
    }

    /** What runs when the statement runs, if that is code and known. */
    static Optional<Invocation> of(RoutineStatement statement, Catalog catalog) {
        if (statement instanceof DoBlock block) {
            return Optional.of(of(block));
        }
        return statement instanceof Call call ? of(call, catalog) : Optional.empty();
    }

    /** Names the code in a chain of calls. */
    public String name() {
        return name;
    }

    /** Absent in languages that are not read. */
    public Optional<Code.Block> code() {
        return code;
    }

    /** What PostgreSQL refuses when it reads the code. */
    public List<Code.Problem> problems() {
        return problems;
    }

    Map<String, Constant> known() {
        return known;
    }

    /** Whether COMMIT and ROLLBACK are allowed in it. */
    boolean endsTransactions() {
        return endsTransactions;
    }
}
