package dev.lockstep.catalog;

import dev.lockstep.sql.TypeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of types: which are built in, and how PostgreSQL's {@code format_type} spells them. */
public final class TypeNames {

    static final String BUILT_IN = "pg_catalog";

    private static final Map<String, String> SPELLED = Map.ofEntries(
            Map.entry("int2", "smallint"),
            Map.entry("int4", "integer"),
            Map.entry("int8", "bigint"),
            Map.entry("float4", "real"),
            Map.entry("float8", "double precision"),
            Map.entry("bool", "boolean"),
            Map.entry("varchar", "character varying"),
            Map.entry("varbit", "bit varying"),
            Map.entry("char", "\"char\""));

    private static final Set<String> OTHERS = Set.of(("aclitem bit box bpchar bytea cid cidr circle cstring date"
                    + " datemultirange daterange decimal gtsvector inet int2vector int4multirange int4range int8multirange"
                    + " int8range interval json jsonb jsonpath line lseg macaddr macaddr8 money name numeric nummultirange"
                    + " numrange oid oidvector path pg_dependencies pg_lsn pg_mcv_list pg_ndistinct pg_node_tree"
                    + " pg_snapshot point polygon refcursor regclass regcollation regconfig regdictionary regnamespace"
                    + " regoper regoperator regproc regprocedure regrole regtype text tid time timestamp timestamptz timetz"
                    + " tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector txid_snapshot uuid xid xid8 xml"
                    + " any anyarray anyelement anynonarray anyenum anyrange anymultirange anycompatible"
                    + " anycompatiblearray anycompatiblenonarray anycompatiblerange anycompatiblemultirange"
                    + " event_trigger fdw_handler index_am_handler internal language_handler record table_am_handler"
                    + " trigger tsm_handler unknown void")
            .split(" "));

    /** A range of fields that an interval keeps, by the grammar's code for it. */
    private static final Map<Integer, String> INTERVAL_FIELDS = Map.ofEntries(
            Map.entry(1 << 2, " year"),
            Map.entry(1 << 1, " month"),
            Map.entry(1 << 3, " day"),
            Map.entry(1 << 10, " hour"),
            Map.entry(1 << 11, " minute"),
            Map.entry(1 << 12, " second"),
            Map.entry(1 << 2 | 1 << 1, " year to month"),
            Map.entry(1 << 3 | 1 << 10, " day to hour"),
            Map.entry(1 << 3 | 1 << 10 | 1 << 11, " day to minute"),
            Map.entry(1 << 3 | 1 << 10 | 1 << 11 | 1 << 12, " day to second"),
            Map.entry(1 << 10 | 1 << 11, " hour to minute"),
            Map.entry(1 << 10 | 1 << 11 | 1 << 12, " hour to second"),
            Map.entry(1 << 11 | 1 << 12, " minute to second"));

    private TypeNames() {}

    static boolean isBuiltIn(String name) {
        return SPELLED.containsKey(name) || OTHERS.contains(name);
    }

    /** Whether PostgreSQL brings the type, or the declaration stands for one that it brings. */
    public static boolean isBuiltIn(TypeName type) {
        return type.isSerial() || builtIn(type).isPresent();
    }

    /** The integer type that a serial type stands for. */
    static TypeName integerOf(TypeName serial) {
        String integer = switch (serial.name()) {
            case "bigserial", "serial8" -> "int8";
            case "smallserial", "serial2" -> "int2";
            default -> "int4";
        };
        return builtIn(integer, serial);
    }

    /** The type by its one true name, when it is built in. */
    static Optional<TypeName> builtIn(TypeName type) {
        if (type.schema().filter(schema -> !schema.equals(BUILT_IN)).isPresent()) {
            return Optional.empty();
        }
        String name = type.name();
        boolean array = name.startsWith("_") && isBuiltIn(name.substring(1));
        if (!array && !isBuiltIn(name)) {
            return type.schema().map(schema -> type);
        }
        String element = array ? name.substring(1) : name;
        return Optional.of(new TypeName(
                Optional.of(BUILT_IN),
                element.equals("decimal") ? "numeric" : element,
                modifiers(element, type.modifiers()),
                type.arrayDimensions() + (array ? 1 : 0),
                type.setOf(),
                type.span()));
    }

    /** {@code numeric(10)} has the scale 0. */
    private static List<Integer> modifiers(String name, List<Integer> written) {
        return (name.equals("numeric") || name.equals("decimal")) && written.size() == 1
                ? List.of(written.get(0), 0)
                : written;
    }

    /** A collation by its one name; PostgreSQL's own are in {@code pg_catalog}, and {@code default} is the same as none. */
    static Optional<String> collation(Optional<String> written) {
        return written.map(name -> name.startsWith(BUILT_IN + ".") ? name.substring(BUILT_IN.length() + 1) : name)
                .filter(name -> !name.equals("default"));
    }

    private static TypeName builtIn(String name, TypeName like) {
        return new TypeName(Optional.of(BUILT_IN), name, List.of(), like.arrayDimensions(), like.setOf(), like.span());
    }

    /** As {@code format_type} spells it under an empty search path. */
    public static String format(TypeName type) {
        String array = type.arrayDimensions() > 0 ? "[]" : "";
        if (type.schema().filter(BUILT_IN::equals).isEmpty()) {
            String schema = type.schema().map(name -> quoted(name) + ".").orElse("");
            return schema + quoted(type.name()) + array;
        }
        return builtIn(type.name(), type.modifiers()) + array;
    }

    private static String builtIn(String name, List<Integer> modifiers) {
        return switch (name) {
            case "timestamptz" -> "timestamp" + list(modifiers) + " with time zone";
            case "timestamp" -> "timestamp" + list(modifiers) + " without time zone";
            case "timetz" -> "time" + list(modifiers) + " with time zone";
            case "time" -> "time" + list(modifiers) + " without time zone";
            case "bpchar" -> modifiers.isEmpty() ? "bpchar" : "character" + list(modifiers);
            case "interval" -> interval(modifiers);
            default -> SPELLED.getOrDefault(name, name) + list(modifiers);
        };
    }

    private static String interval(List<Integer> modifiers) {
        String fields = modifiers.isEmpty() ? "" : INTERVAL_FIELDS.getOrDefault(modifiers.get(0), "");
        return "interval" + fields + (modifiers.size() > 1 ? list(modifiers.subList(1, 2)) : "");
    }

    private static String list(List<Integer> modifiers) {
        return modifiers.isEmpty()
                ? ""
                : modifiers.stream().map(String::valueOf).collect(Collectors.joining(",", "(", ")"));
    }

    private static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
