package dev.lockstep.lock;

import dev.lockstep.catalog.Attached.Trigger;
import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CodeRun;
import dev.lockstep.catalog.Invocation;
import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.lock.Part.Code;
import dev.lockstep.sql.AttachedStatement.CreateTrigger.Timing;
import dev.lockstep.sql.AttachedStatement.Event;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.Query.FunctionName;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the code that a statement runs. */
record CodeParts(Catalog catalog, Relations relations) {

    /** After everything in any history, so that what the code makes is told from what was there. */
    static final Moment IN_CODE = new Moment(Integer.MAX_VALUE, Integer.MAX_VALUE, 0);

    static boolean isMadeInCode(Moment created) {
        return created.deploy() == IN_CODE.deploy();
    }

    Code block(RoutineStatement.DoBlock block) {
        return code("DO", Optional.of(Invocation.of(block)), true);
    }

    Code call(RoutineStatement.Call call) {
        return code(call.procedure().toString(), Invocation.of(call, catalog), true);
    }

    private Code code(String name, Optional<Invocation> invocation, boolean certain) {
        return invocation
                .map(called -> new Code(
                        called.name(), Optional.of(CodeRun.of(called, catalog, IN_CODE)), called.problems(), certain))
                .orElseGet(() -> Code.unknown(name));
    }

    /** The user's functions that a query calls; one in the select list of a query without tables is called once. */
    List<Code> functions(Query query) {
        List<Code> found = new ArrayList<>();
        List<FunctionName> calledOnce = new ArrayList<>();
        for (Query.Output output : query.outputs()) {
            if (output.value() instanceof Expression.FunctionCall call) {
                FunctionName name = new FunctionName(call.schema(), call.name());
                if (!Functions.isBuiltIn(name)) {
                    calledOnce.add(name);
                    found.add(code(
                            call.name(),
                            Invocation.of(call, catalog),
                            query.sources().isEmpty()));
                }
            }
        }
        for (FunctionName function : query.functions()) {
            if (!Functions.isBuiltIn(function) && !calledOnce.remove(function)) {
                found.add(code(function.name(), Invocation.of(function, catalog), false));
            }
        }
        return found;
    }

    /** The functions of the triggers that a change of the table's rows fires. */
    List<Code> triggers(Statement statement, QualifiedName table) {
        return firings(statement, table).stream()
                .map(firing -> fired(firing.trigger(), firing.event(), firing.changed(), table))
                .toList();
    }

    /** The same as calls, where they are known. */
    List<Invocation> triggerCalls(Statement statement, QualifiedName table) {
        return firings(statement, table).stream()
                .filter(firing -> firing.trigger().timing() != Timing.INSTEAD_OF)
                .flatMap(firing -> Invocation.of(firing.trigger(), firing.event(), firing.changed(), catalog).stream())
                .toList();
    }

    private record Firing(Trigger trigger, Event event, QualifiedName changed) {}

    private List<Firing> firings(Statement statement, QualifiedName table) {
        Set<Event> events = events(statement);
        List<Firing> found = new ArrayList<>();
        for (QualifiedName changed : relations.tree(table)) {
            List<Trigger> triggers = catalog.table(changed).value().map(Table::attached).stream()
                    .flatMap(attached -> attached.triggers().stream())
                    .filter(Trigger::enabled)
                    .filter(trigger -> !isBuiltIn(trigger))
                    .toList();
            for (Trigger trigger : triggers) {
                for (Event event : trigger.events()) {
                    if (events.contains(event) && isFired(trigger, event, statement)) {
                        found.add(new Firing(trigger, event, changed));
                    }
                }
            }
        }
        return found;
    }

    private static Set<Event> events(Statement statement) {
        if (statement instanceof Statement.Insert insert) {
            return insert.updatesOnConflict() ? Set.of(Event.INSERT, Event.UPDATE) : Set.of(Event.INSERT);
        }
        if (statement instanceof Statement.Update) {
            return Set.of(Event.UPDATE);
        }
        if (statement instanceof Statement.Delete) {
            return Set.of(Event.DELETE);
        }
        if (statement instanceof Statement.Merge) {
            return Set.of(Event.INSERT, Event.UPDATE, Event.DELETE);
        }
        return statement instanceof Statement.Copy copy && copy.from() ? Set.of(Event.INSERT) : Set.of();
    }

    private static boolean isBuiltIn(Trigger trigger) {
        QualifiedName function = trigger.function();
        return Functions.isBuiltIn(
                new FunctionName(Optional.of(function.schema()).filter(schema -> !schema.isEmpty()), function.name()));
    }

    private static boolean isFired(Trigger trigger, Event event, Statement statement) {
        // What ON CONFLICT and MERGE set is not known.
        List<String> set = statement instanceof Statement.Update update ? update.columns() : List.of();
        return event != Event.UPDATE
                || trigger.columns().isEmpty()
                || set.isEmpty()
                || trigger.columns().stream().anyMatch(set::contains);
    }

    private Code fired(Trigger trigger, Event event, QualifiedName changed, QualifiedName named) {
        boolean certain = !trigger.forEachRow() && trigger.when().isEmpty() && changed.equals(named);
        return trigger.timing() == Timing.INSTEAD_OF
                ? Code.unknown(trigger.name())
                : code(trigger.function().toString(), Invocation.of(trigger, event, changed, catalog), certain);
    }
}
