package dev.lockstep.lock;

import dev.lockstep.catalog.TypeNames;
import dev.lockstep.sql.TypeName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which types a foreign key may pair. */
final class KeyTypes {

    /** Types of one family are compared as they are, or become one that stands later in it. */
    private static final List<List<Set<String>>> FAMILIES = List.of(
            List.of(Set.of("int2", "int4", "int8"), Set.of("numeric"), Set.of("float4", "float8")),
            List.of(Set.of("text", "varchar", "bpchar", "name")),
            List.of(Set.of("date", "timestamp", "timestamptz")),
            List.of(Set.of("uuid")),
            List.of(Set.of("bool")));

    private KeyTypes() {}

    /** Whether a column of a type may refer to one of another; true where it can't be told. */
    static boolean areComparable(TypeName from, TypeName to) {
        if (from.arrayDimensions() > 0 || to.arrayDimensions() > 0) {
            return from.arrayDimensions() > 0 && to.arrayDimensions() > 0;
        }
        Optional<List<Set<String>>> family = family(from);
        Optional<List<Set<String>>> other = family(to);
        if (isMade(from) || isMade(to)) {
            return isMade(from) == isMade(to) && from.name().equals(to.name());
        }
        if (family.isEmpty() || other.isEmpty()) {
            return true;
        }
        return family.equals(other) && rank(family.get(), from) <= rank(family.get(), to);
    }

    /** An enum or another type of the history. */
    private static boolean isMade(TypeName type) {
        return !TypeNames.isBuiltIn(type);
    }

    private static Optional<List<Set<String>>> family(TypeName type) {
        boolean builtIn = type.schema().filter("pg_catalog"::equals).isPresent();
        return FAMILIES.stream()
                .filter(family -> builtIn && family.stream().anyMatch(types -> types.contains(type.name())))
                .findFirst();
    }

    private static int rank(List<Set<String>> family, TypeName type) {
        int rank = 0;
        while (!family.get(rank).contains(type.name())) {
            rank++;
        }
        return rank;
    }
}
