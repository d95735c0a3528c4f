package dev.lockstep.source.psql;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** psql's variables as far as a script and its caller tell; what a command line may set besides is not known. */
final class Variables {

    /** {@code :name}, {@code :'name'}, {@code :"name"}, and the question whether there is one; casts and assignments are none. */
    static final Pattern REFERENCE =
            Pattern.compile(":(?:\\{\\?(\\w+)}|'(\\w+)'|\"(\\w+)\"|(\\w+))", Pattern.UNICODE_CHARACTER_CLASS);

    private final Map<String, String> values;
    private final Set<String> unset = new HashSet<>();

    Variables(Map<String, String> given) {
        this.values = new HashMap<>(given);
    }

    void set(String name, String value) {
        values.put(name, value);
        unset.remove(name);
    }

    void unset(String name) {
        values.remove(name);
        unset.add(name);
    }

    /** The name may have been given another value, or may not. */
    void forget(String name) {
        values.remove(name);
        unset.remove(name);
    }

    /** What psql makes of a reference; empty if that is not known. */
    Optional<String> value(Matcher reference) {
        if (reference.group(1) != null) {
            String name = reference.group(1);
            return values.containsKey(name)
                    ? Optional.of("TRUE")
                    : unset.contains(name) ? Optional.of("FALSE") : Optional.empty();
        }
        if (reference.group(2) != null) {
            return value(reference.group(2)).map(value -> "'" + value.replace("'", "''") + "'");
        }
        if (reference.group(3) != null) {
            return value(reference.group(3)).map(value -> "\"" + value.replace("\"", "\"\"") + "\"");
        }
        return value(reference.group(4));
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
