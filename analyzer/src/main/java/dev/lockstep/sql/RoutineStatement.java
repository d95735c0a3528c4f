package dev.lockstep.sql;

import dev.lockstep.text.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Functions and procedures, and code that runs at once. */
public sealed interface RoutineStatement extends Statement.Grouped {

    /** What a function promises about its result. */
    enum Volatility {
        IMMUTABLE,
        STABLE,
        VOLATILE;

        /** The less that is promised by either. */
        public Volatility weaker(Volatility other) {
            return compareTo(other) >= 0 ? this : other;
        }

        /** From its keyword. */
        public static Volatility of(String keyword) {
            return valueOf(keyword.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Source code within a statement; the span covers its literal, quotes included, or the SQL-standard body.
     *
     * @param code what it says; absent in languages other than SQL and PL/pgSQL
     * @param problems what PostgreSQL refuses of it when it reads it
     */
    record Body(String text, Span span, Optional<Code.Block> code, List<Code.Problem> problems) {
        public Body {
            problems = List.copyOf(problems);
        }
    }

    record Parameter(Optional<String> name, TypeName type, Mode mode, boolean hasDefault) {
        public enum Mode {
            IN,
            OUT,
            INOUT,
            VARIADIC,
            TABLE;

            /** Whether a caller gives it a value, so that it belongs to the function's signature. */
            public boolean isInput() {
                return this == IN || this == INOUT || this == VARIADIC;
            }
        }
    }

    /**
     * CREATE FUNCTION and CREATE PROCEDURE.
     *
     * @param volatility as declared; PostgreSQL takes VOLATILE when it is absent
     * @param value what an SQL function returns when its body is one expression: PostgreSQL puts that in the place of a call
     * @param settings the configuration parameters it sets while it runs
     */
    record CreateFunction(
            ObjectName function,
            boolean procedure,
            boolean orReplace,
            List<Parameter> parameters,
            Optional<TypeName> returns,
            String language,
            Optional<Volatility> volatility,
            Optional<Body> body,
            Optional<Expression> value,
            boolean strict,
            boolean securityDefiner,
            List<String> settings,
            Span span)
            implements RoutineStatement {
        public CreateFunction {
            parameters = List.copyOf(parameters);
            settings = List.copyOf(settings);
        }
    }

    /** {@code arguments} is absent when the name alone says which function. */
    record AlterFunction(
            ObjectKind kind,
            ObjectName function,
            Optional<List<TypeName>> arguments,
            Optional<Volatility> volatility,
            Optional<Boolean> strict,
            Optional<Boolean> securityDefiner,
            List<String> settings,
            Span span)
            implements RoutineStatement {
        public AlterFunction {
            arguments = arguments.map(List::copyOf);
            settings = List.copyOf(settings);
        }
    }

    /** An anonymous block. */
    record DoBlock(String language, Body body, Span span) implements RoutineStatement {}

    record Call(ObjectName procedure, List<Expression> arguments, Span span) implements RoutineStatement {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }
}
