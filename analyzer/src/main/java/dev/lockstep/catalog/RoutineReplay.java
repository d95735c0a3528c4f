package dev.lockstep.catalog;

import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.RoutineStatement.AlterFunction;
import dev.lockstep.sql.RoutineStatement.CreateFunction;
import dev.lockstep.sql.RoutineStatement.Parameter;
import dev.lockstep.sql.RoutineStatement.Volatility;
import dev.lockstep.sql.TypeName;
import java.util.List;
import java.util.Optional;

/** Functions and procedures. */
final class RoutineReplay {

    private RoutineReplay() {}

    static Catalog apply(Catalog catalog, RoutineStatement statement, Moment now, Calls calls) {
        if (statement instanceof CreateFunction create) {
            return catalog.with(routine(catalog, create, now));
        }
        if (statement instanceof AlterFunction alter) {
            return alter(catalog, alter);
        }
        // What an unknown procedure does is not known here, so it may have made anything.
        return Invocation.of(statement, catalog)
                .filter(calls::canReach)
                .map(invocation -> new CodeReplay(invocation, calls.to(invocation))
                        .run(catalog, now)
                        .after())
                .orElseGet(() -> catalog.withComplete(false));
    }

    private static Routine routine(Catalog catalog, CreateFunction create, Moment now) {
        QualifiedName plainName = catalog.created(create.function());
        List<Parameter> inputs = create.parameters().stream()
                .filter(parameter -> parameter.mode().isInput())
                .toList();
        List<TypeName> arguments = inputs.stream()
                .map(parameter -> catalog.resolve(parameter.type()))
                .toList();
        return new Routine(
                Routine.signature(plainName, arguments),
                plainName,
                create.procedure(),
                arguments,
                (int) inputs.stream().filter(Parameter::hasDefault).count(),
                inputs.stream().anyMatch(parameter -> parameter.mode() == Parameter.Mode.VARIADIC),
                create.returns().map(catalog::resolve),
                create.language(),
                create.volatility().orElse(Volatility.VOLATILE),
                inlined(create) ? create.value().map(catalog::resolve) : Optional.empty(),
                Optional.of(create),
                now);
    }

    /** PostgreSQL keeps a call whose function has a context of its own, or yields a set. */
    private static boolean inlined(CreateFunction create) {
        return !create.procedure()
                && !create.strict()
                && !create.securityDefiner()
                && create.settings().isEmpty()
                && create.returns().filter(TypeName::setOf).isEmpty();
    }

    private static Catalog alter(Catalog catalog, AlterFunction alter) {
        boolean ownContext = alter.securityDefiner().orElse(false)
                || alter.strict().orElse(false)
                || !alter.settings().isEmpty();
        Catalog after = catalog;
        for (Routine routine : meant(catalog, alter.function(), alter.arguments())) {
            Routine changed = ownContext ? routine.withoutValue() : routine;
            after = after.with(alter.volatility().map(changed::withVolatility).orElse(changed));
        }
        return after;
    }

    /** The known routines that a name means, with or without argument types. */
    static List<Routine> meant(Catalog catalog, ObjectName name, Optional<List<TypeName>> arguments) {
        List<Routine> named = catalog.routines(name);
        return arguments.isEmpty()
                ? named
                : named.stream()
                        .filter(routine -> routine.name()
                                .equals(Routine.signature(
                                        routine.plainName(),
                                        arguments.get().stream()
                                                .map(catalog::resolve)
                                                .toList())))
                        .toList();
    }
}
