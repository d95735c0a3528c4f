package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.ObjectKind;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The grammar's {@code ObjectType} names. */
final class ObjectKinds {

    private static final Map<String, ObjectKind> BY_NAME = Arrays.stream(ObjectKind.values())
            .collect(Collectors.toUnmodifiableMap(kind -> spelled(kind.name()), Function.identity()));

    private ObjectKinds() {}

    /** {@code OBJECT_MATVIEW} and the like. */
    static ObjectKind of(String objectType) {
        String name = objectType.startsWith("OBJECT_") ? objectType.substring("OBJECT_".length()) : objectType;
        return BY_NAME.getOrDefault(name, ObjectKind.OTHER);
    }

    private static String spelled(String name) {
        return switch (name) {
            case "DEFAULT_PRIVILEGES" -> "DEFACL";
            case "DOMAIN_CONSTRAINT" -> "DOMCONSTRAINT";
            case "FOREIGN_DATA_WRAPPER" -> "FDW";
            case "LARGE_OBJECT" -> "LARGEOBJECT";
            case "MATERIALIZED_VIEW" -> "MATVIEW";
            case "OPERATOR_CLASS" -> "OPCLASS";
            case "OPERATOR_FAMILY" -> "OPFAMILY";
            case "PARAMETER" -> "PARAMETER_ACL";
            case "STATISTICS" -> "STATISTIC_EXT";
            case "TABLE_CONSTRAINT" -> "TABCONSTRAINT";
            case "TEXT_SEARCH_CONFIGURATION" -> "TSCONFIGURATION";
            case "TEXT_SEARCH_DICTIONARY" -> "TSDICTIONARY";
            case "TEXT_SEARCH_PARSER" -> "TSPARSER";
            case "TEXT_SEARCH_TEMPLATE" -> "TSTEMPLATE";
            case "TYPE_ATTRIBUTE" -> "ATTRIBUTE";
            default -> name;
        };
    }
}
