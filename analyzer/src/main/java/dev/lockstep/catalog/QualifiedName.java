package dev.lockstep.catalog;

import dev.lockstep.sql.NameRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An object's name with its schema: the identity of a relation. */
public record QualifiedName(String schema, String name) {

    private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")*)\"|([^\".\\s]+)");

    /** Without the schema where it is {@code public}, as most people write it. */
    @Override
    public String toString() {
        return schema.equals(Catalog.PUBLIC) ? name : schema + "." + name;
    }

    /** As a literal of type {@code regclass} that means the same whatever the search path. */
    String literal() {
        return quoted(schema) + "." + quoted(name);
    }

    private static String quoted(String part) {
        return '"' + part.replace("\"", "\"\"") + '"';
    }

    /** The parts of a name in a string: {@code public.orders_id_seq}, {@code "Odd Name"}. */
    public static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(text);
        while (matcher.find()) {
            parts.add(Optional.ofNullable(matcher.group(1))
                    .map(inside -> inside.replace("\"\"", "\""))
                    .orElseGet(() -> NameRules.fold(matcher.group(2))));
        }
        return parts;
    }
}
