package dev.lockstep.lock;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.TypeName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a change of a column's type does to the stored values, as {@code ATColumnChangeRequiresRewrite} in tablecmds.c decides it: nothing, if
 * the conversion is no more than a new label.
 */
record TypeChange(Dependents dependents, Settings settings) {

    enum Result {
        KEEPS,
        REWRITES,
        /** There is no cast that applies by itself. */
        REFUSED,
        UNKNOWN
    }

    private static final Set<String> STRINGS = Set.of("text", "varchar", "bpchar");

    /** Types no string is assigned to without USING. */
    private static final Set<String> NOT_FROM_STRINGS = Set.of(
            "int2",
            "int4",
            "int8",
            "numeric",
            "float4",
            "float8",
            "bool",
            "date",
            "timestamp",
            "timestamptz",
            "time",
            "timetz",
            "interval",
            "uuid",
            "json",
            "jsonb",
            "inet",
            "cidr",
            "bytea",
            "xml",
            "money",
            "macaddr",
            "point");

    /** Families of types of which none is assigned to a type of another. */
    private static final List<Set<String>> STRANGERS = List.of(
            Set.of("int2", "int4", "int8", "numeric", "float4", "float8"),
            Set.of("date", "timestamp", "timestamptz"),
            Set.of("uuid"),
            Set.of("bool"),
            Set.of("json", "jsonb"));

    /** Casts without a function: from each type to those that read the same bytes. */
    private static final Map<String, Set<String>> SAME_BYTES = Map.of(
            "text", Set.of("varchar", "bpchar"),
            "varchar", Set.of("text", "bpchar"),
            "cidr", Set.of("inet"),
            "bit", Set.of("varbit"),
            "varbit", Set.of("bit"),
            "xml", Set.of("text", "varchar", "bpchar"),
            "int4", Set.of("oid", "regclass", "regproc", "regprocedure", "regoper", "regoperator", "regtype"),
            "oid", Set.of("int4", "regclass", "regproc", "regprocedure", "regoper", "regoperator", "regtype"),
            "regclass", Set.of("oid", "int4"),
            "regtype", Set.of("oid", "int4"));

    /** Types whose indexes sort by the same operator class. */
    private static final List<Set<String>> SAME_OPERATORS = List.of(
            Set.of("text", "varchar"),
            Set.of("inet", "cidr"),
            Set.of("oid", "regclass", "regproc", "regprocedure", "regoper", "regoperator", "regtype"));

    private static final Set<String> BUILT_IN = Set.of(
            "bit",
            "bool",
            "bpchar",
            "bytea",
            "char",
            "cidr",
            "date",
            "float4",
            "float8",
            "inet",
            "int2",
            "int4",
            "int8",
            "interval",
            "json",
            "jsonb",
            "macaddr",
            "money",
            "name",
            "numeric",
            "oid",
            "point",
            "regclass",
            "regtype",
            "text",
            "time",
            "timestamp",
            "timestamptz",
            "timetz",
            "tsvector",
            "uuid",
            "varbit",
            "varchar",
            "xml");

    private static final int MOST_FRACTION_DIGITS = 6;
    private static final int ANY_FIELDS = 0x7FFF;

    /** The change of {@code column} from a type to another, by the assignment cast or by {@code using}. */
    Result of(String column, Optional<TypeName> from, TypeName to, Optional<Expression> using) {
        if (using.isEmpty() || isColumn(using.get(), column)) {
            return from.map(known -> assign(known, to)).orElse(Result.UNKNOWN);
        }
        if (using.get() instanceof Expression.Cast cast) {
            Result inner = of(column, from, cast.type(), Optional.of(cast.operand()));
            return inner == Result.KEEPS || inner == Result.REFUSED && isColumn(cast.operand(), column)
                    ? explicit(inner, cast.type(), to)
                    : inner;
        }
        return Result.REWRITES;
    }

    /** An explicit cast converts where an assignment is refused. */
    private Result explicit(Result inner, TypeName between, TypeName to) {
        return inner == Result.REFUSED ? Result.REWRITES : assign(between, to);
    }

    private static boolean isColumn(Expression expression, String column) {
        return expression instanceof Expression.ColumnReference reference
                && reference.column().equals(column);
    }

    private Result assign(TypeName written, TypeName wanted) {
        if (isSame(written, wanted)) {
            return Result.KEEPS;
        }
        Optional<TypeName> from = dependents.baseType(written);
        Optional<TypeName> to = dependents.baseType(wanted);
        if (from.isEmpty() || to.isEmpty()) {
            return Result.UNKNOWN;
        }
        Result values = convert(from.get(), to.get());
        return values == Result.KEEPS && dependents.isConstrainedDomain(wanted) ? Result.REWRITES : values;
    }

    static boolean isSame(TypeName one, TypeName other) {
        return name(one).equals(name(other))
                && one.modifiers().equals(other.modifiers())
                && one.arrayDimensions() > 0 == other.arrayDimensions() > 0;
    }

    static String name(TypeName type) {
        return type.schema()
                        .filter(schema -> !schema.equals("pg_catalog"))
                        .map(schema -> schema + ".")
                        .orElse("")
                + type.name().toLowerCase(Locale.ROOT);
    }

    private Result convert(TypeName from, TypeName to) {
        boolean sameName = name(from).equals(name(to));
        if (from.arrayDimensions() > 0 || to.arrayDimensions() > 0) {
            boolean relabelled = from.arrayDimensions() > 0
                    && to.arrayDimensions() > 0
                    && sameName
                    && (to.modifiers().isEmpty() || to.modifiers().equals(from.modifiers()));
            if (from.arrayDimensions() > 0 != to.arrayDimensions() > 0 && !STRINGS.contains(name(to))) {
                return Result.REFUSED;
            }
            return relabelled ? Result.KEEPS : Result.REWRITES;
        }
        if (areStrangers(name(from), name(to))) {
            return Result.REFUSED;
        }
        if (sameName) {
            return fits(from, to) ? Result.KEEPS : Result.REWRITES;
        }
        if (isTimestamp(from) && isTimestamp(to)) {
            return settings.isUtc() && to.modifiers().isEmpty() ? Result.KEEPS : Result.REWRITES;
        }
        if (SAME_BYTES.getOrDefault(name(from), Set.of()).contains(name(to))) {
            return to.modifiers().isEmpty() ? Result.KEEPS : Result.REWRITES;
        }
        if (STRINGS.contains(name(from)) && NOT_FROM_STRINGS.contains(name(to))) {
            return Result.REFUSED;
        }
        return BUILT_IN.contains(name(from)) || BUILT_IN.contains(name(to)) ? Result.REWRITES : Result.UNKNOWN;
    }

    private static boolean areStrangers(String from, String to) {
        return STRANGERS.stream()
                .anyMatch(family -> family.contains(from)
                        && !family.contains(to)
                        && STRANGERS.stream().anyMatch(other -> other.contains(to)));
    }

    static boolean isBuiltIn(TypeName type) {
        return type.schema().filter("pg_catalog"::equals).isPresent() || BUILT_IN.contains(name(type));
    }

    private static boolean isTimestamp(TypeName type) {
        return name(type).equals("timestamp") || name(type).equals("timestamptz");
    }

    /** Whether every value of the type is one of the same type with other modifiers, and PostgreSQL knows it. */
    private static boolean fits(TypeName from, TypeName to) {
        List<Integer> had = from.modifiers();
        List<Integer> wanted = to.modifiers();
        if (wanted.isEmpty() || wanted.equals(had)) {
            return true;
        }
        return switch (name(to)) {
            case "varchar", "varbit" -> !had.isEmpty() && had.get(0) <= wanted.get(0);
            case "numeric" -> !had.isEmpty() && scale(had) == scale(wanted) && had.get(0) <= wanted.get(0);
            case "timestamp", "timestamptz", "time", "timetz" ->
                wanted.get(0) >= MOST_FRACTION_DIGITS || !had.isEmpty() && had.get(0) <= wanted.get(0);
            case "interval" -> fitsInterval(had, wanted);
            default -> false;
        };
    }

    private static int scale(List<Integer> modifiers) {
        return modifiers.size() > 1 ? modifiers.get(1) : 0;
    }

    /** An interval's modifiers are the fields it may have and the digits of its seconds. */
    private static boolean fitsInterval(List<Integer> had, List<Integer> wanted) {
        if (wanted.get(0) != ANY_FIELDS || wanted.size() < 2) {
            return false;
        }
        return wanted.get(1) >= MOST_FRACTION_DIGITS
                || had.size() > 1 && had.get(0) == ANY_FIELDS && had.get(1) <= wanted.get(1);
    }

    /** Whether an index on the column may stay as it is when the values do. */
    boolean keepsOrder(Optional<TypeName> from, TypeName to) {
        Optional<String> before = from.flatMap(dependents::baseType).map(TypeChange::name);
        Optional<String> after = dependents.baseType(to).map(TypeChange::name);
        return before.isPresent()
                && after.isPresent()
                && (before.equals(after)
                        || SAME_OPERATORS.stream()
                                .anyMatch(group -> group.contains(before.get()) && group.contains(after.get())));
    }
}
