package dev.lockstep.rules.support;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.TypeName;
import java.util.List;
import java.util.Optional;

/** What becomes of values that the new type of a column has no room for. */
public enum ValueLoss {
    /** Every value fits. */
    NONE,
    /** The statement fails. */
    FAILS,
    /** They are rounded or cut off, and nobody is told. */
    CUTS;

    private static final List<String> INTEGERS = List.of("int2", "int4", "int8");
    private static final List<String> FRACTIONS = List.of("float4", "float8", "numeric");
    private static final List<String> TIMESTAMPS = List.of("timestamp", "timestamptz");
    private static final List<String> STRINGS = List.of("text", "varchar", "bpchar");
    private static final int MOST_FRACTION_DIGITS = 6;

    /** Of a change of type with the conversion written as USING. */
    public static ValueLoss of(TypeName from, TypeName to, Optional<Expression> using) {
        if (from.arrayDimensions() > 0 || to.arrayDimensions() > 0) {
            return NONE;
        }
        ValueLoss loss = of(from, to);
        boolean cutByCast = loss == FAILS
                && STRINGS.contains(to.name())
                && using.filter(Expression.Cast.class::isInstance).isPresent();
        return cutByCast ? CUTS : loss;
    }

    private static ValueLoss of(TypeName from, TypeName to) {
        String old = from.name();
        String wanted = to.name();
        if (INTEGERS.contains(wanted)) {
            return FRACTIONS.contains(old) ? CUTS : failsIf(INTEGERS.indexOf(old) > INTEGERS.indexOf(wanted));
        }
        if (STRINGS.contains(wanted)) {
            return failsIf(STRINGS.contains(old) && isShorter(from, to));
        }
        if (wanted.equals("numeric")) {
            return numeric(from, to);
        }
        if (TIMESTAMPS.contains(old)) {
            return cutsIf(wanted.equals("date") || TIMESTAMPS.contains(wanted) && precision(to) < precision(from));
        }
        return cutsIf(wanted.equals("float4") && (old.equals("float8") || old.equals("numeric"))
                || wanted.equals("float8") && old.equals("numeric"));
    }

    private static ValueLoss failsIf(boolean fails) {
        return fails ? FAILS : NONE;
    }

    private static ValueLoss cutsIf(boolean cuts) {
        return cuts ? CUTS : NONE;
    }

    private static boolean isShorter(TypeName from, TypeName to) {
        return !to.modifiers().isEmpty()
                && (from.modifiers().isEmpty()
                        || to.modifiers().get(0) < from.modifiers().get(0));
    }

    private static int precision(TypeName type) {
        return type.modifiers().isEmpty()
                ? MOST_FRACTION_DIGITS
                : type.modifiers().get(0);
    }

    private static ValueLoss numeric(TypeName from, TypeName to) {
        if (to.modifiers().isEmpty() || !FRACTIONS.contains(from.name())) {
            return NONE;
        }
        if (from.modifiers().isEmpty()) {
            return CUTS;
        }
        int lostDigits = scale(from) - scale(to);
        int lostSize = from.modifiers().get(0) - scale(from) - (to.modifiers().get(0) - scale(to));
        return lostDigits > 0 ? CUTS : failsIf(lostSize > 0);
    }

    private static int scale(TypeName type) {
        return type.modifiers().size() > 1 ? type.modifiers().get(1) : 0;
    }
}
