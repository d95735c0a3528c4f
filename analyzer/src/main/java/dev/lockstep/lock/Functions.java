package dev.lockstep.lock;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Routine;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Query.FunctionName;
import dev.lockstep.sql.RoutineStatement.Volatility;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a catalog and PostgreSQL itself tell about functions. */
record Functions(Catalog catalog) {

    private static final Span NOWHERE = new Span(0, 0);

    private static final Set<String> VOLATILE = Set.of(
            "random",
            "random_normal",
            "clock_timestamp",
            "timeofday",
            "gen_random_uuid",
            "uuidv4",
            "uuidv7",
            "nextval",
            "currval",
            "lastval",
            "setval",
            "setseed",
            "pg_sleep",
            "uuid_generate_v1",
            "uuid_generate_v4");

    boolean isBuiltIn(FunctionName function) {
        return routines(function.schema(), function.name()).isEmpty();
    }

    /** Whether a default of this expression gives each row a value of its own. */
    boolean isVolatile(Expression expression) {
        return expression instanceof Expression.FunctionCall call && isVolatileCall(call)
                || expression.children().stream().anyMatch(this::isVolatile);
    }

    private boolean isVolatileCall(Expression.FunctionCall call) {
        List<Routine> routines = routines(call.schema(), call.name());
        if (routines.isEmpty()) {
            return VOLATILE.contains(call.name());
        }
        return routines.stream()
                .anyMatch(routine ->
                        routine.value().map(this::isVolatile).orElse(routine.volatility() == Volatility.VOLATILE));
    }

    private List<Routine> routines(Optional<String> schema, String name) {
        return catalog.routines(new ObjectName(schema, name, NOWHERE));
    }
}
