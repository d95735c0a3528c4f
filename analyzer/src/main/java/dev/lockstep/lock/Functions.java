package dev.lockstep.lock;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Volatilities;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Query.FunctionName;
import dev.lockstep.sql.RoutineStatement.Volatility;
import java.util.Optional;
import java.util.Set;

/** What a catalog and PostgreSQL itself tell about functions. */
record Functions(Catalog catalog, PgVersion version) {

    /** Functions of PostgreSQL's own extensions that people use as defaults; {@code pg_proc} lists them only where installed. */
    private static final Set<String> VOLATILE_OF_EXTENSIONS =
            Set.of("uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4", "gen_random_bytes", "gen_salt");

    static boolean isBuiltIn(FunctionName function) {
        return Volatilities.isBuiltIn(function.schema(), function.name());
    }

    /** Whether a default of this expression gives each row a value of its own; absent when it calls what nobody knows. */
    Optional<Boolean> isVolatile(Expression expression) {
        return callsExtension(expression)
                ? Optional.of(true)
                : Volatilities.of(expression, catalog, version.major())
                        .map(volatility -> volatility == Volatility.VOLATILE);
    }

    private static boolean callsExtension(Expression expression) {
        return expression instanceof Expression.FunctionCall call && VOLATILE_OF_EXTENSIONS.contains(call.name())
                || expression.children().stream().anyMatch(Functions::callsExtension);
    }
}
