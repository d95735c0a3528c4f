package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Expression.FunctionCall;
import dev.lockstep.sql.RoutineStatement.Volatility;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How much the value of an expression depends on when it is computed. */
public final class Volatilities {

    /** What the grammar has words for, under the names the model gives them. */
    private static final Set<String> VALUE_FUNCTIONS = Set.of(
            "current_date",
            "current_time",
            "current_timestamp",
            "localtime",
            "localtimestamp",
            "current_catalog",
            "current_schema",
            "current_user",
            "session_user");

    /** Functions may call each other, and PostgreSQL gives up putting bodies in the place of calls too. */
    private static final int DEEPEST = 8;

    private final Catalog catalog;
    private final int major;
    private final int depth;

    private Volatilities(Catalog catalog, int major, int depth) {
        this.catalog = catalog;
        this.major = major;
        this.depth = depth;
    }

    /**
     * The least that an expression promises on a major version: where operators and casts differ by type, what the least reliable of them
     * does. Absent when it calls a function that nobody knows.
     */
    public static Optional<Volatility> of(Expression expression, Catalog catalog, int major) {
        return new Volatilities(catalog, major, 0).of(expression);
    }

    /** Whether PostgreSQL itself has functions of that name, in some version; those that the grammar has words for too. */
    public static boolean isBuiltIn(Optional<String> schema, String name) {
        return schema.filter(given -> !given.equals(TypeNames.BUILT_IN)).isEmpty()
                && (VALUE_FUNCTIONS.contains(name) || BuiltInFunctions.has(name));
    }

    private Optional<Volatility> of(Expression expression) {
        if (expression instanceof FunctionCall call) {
            return weakest(Stream.concat(
                    Stream.of(function(call)), call.arguments().stream().map(this::of)));
        }
        if (expression instanceof Expression.Subquery subquery) {
            // The calls inside are known by name alone.
            return subquery.query().functions().isEmpty()
                    ? weakest(Stream.concat(
                            Stream.of(Optional.of(Volatility.STABLE)),
                            subquery.tested().stream().map(this::of)))
                    : Optional.empty();
        }
        boolean literal = expression instanceof Expression.Cast cast && cast.operand() instanceof Expression.Literal;
        boolean dependsOnType = expression instanceof Expression.Operation || expression instanceof Expression.Cast;
        // No operator and no cast of PostgreSQL's own is volatile; a literal is cast once, when it is read.
        Volatility own = dependsOnType && !literal ? Volatility.STABLE : Volatility.IMMUTABLE;
        return weakest(Stream.concat(
                Stream.of(Optional.of(own)), expression.children().stream().map(this::of)));
    }

    private static Optional<Volatility> weakest(Stream<Optional<Volatility>> parts) {
        return parts.reduce((first, second) -> first.flatMap(one -> second.map(one::weaker)))
                .orElse(Optional.of(Volatility.IMMUTABLE));
    }

    private Optional<Volatility> function(FunctionCall call) {
        boolean builtIn = call.schema()
                .filter(schema -> !schema.equals(TypeNames.BUILT_IN))
                .isEmpty();
        if (builtIn && call.arguments().isEmpty() && VALUE_FUNCTIONS.contains(call.name())) {
            return Optional.of(Volatility.STABLE);
        }
        if (builtIn && call.name().equals("timezone")) {
            // Before 15 its form for timetz is volatile; no other is, and hardly anybody uses that one.
            return Optional.of(Volatility.STABLE);
        }
        Optional<Volatility> known = builtIn
                ? BuiltInFunctions.volatility(call.name(), call.arguments().size(), major)
                : Optional.empty();
        return known.isPresent() ? known : routine(call);
    }

    /** Functions of the history with that name; when several could be meant that promise different things, nobody knows. */
    private Optional<Volatility> routine(FunctionCall call) {
        List<Optional<Volatility>> promises = catalog
                .resolveRoutine(call.schema(), call.name())
                .map(name -> catalog.dependents(Link.Kind.OVERLOADS, name, Routine.class))
                .orElse(List.of())
                .stream()
                .filter(routine -> routine.takes(call.arguments().size()))
                .map(this::promise)
                .distinct()
                .toList();
        return promises.size() == 1 ? promises.get(0) : Optional.empty();
    }

    /** A function that is put in place of its call is as good as its body, unless that is worse than declared. */
    private Optional<Volatility> promise(Routine routine) {
        if (routine.value().isEmpty() || routine.volatility() == Volatility.IMMUTABLE || depth == DEEPEST) {
            return Optional.of(routine.volatility());
        }
        Optional<Volatility> body =
                new Volatilities(catalog, major, depth + 1).of(routine.value().get());
        return body.filter(known -> known.compareTo(routine.volatility()) < 0)
                .or(() -> Optional.of(routine.volatility()));
    }
}
