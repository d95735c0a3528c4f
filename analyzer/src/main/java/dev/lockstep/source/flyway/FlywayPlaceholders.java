package dev.lockstep.source.flyway;

import dev.lockstep.text.DerivedText;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The placeholders of a project. Flyway fills them in everywhere in a script, comments and quotes included, and doesn't mind the case of
 * their names.
 *
 * @param values by lower-case name, as far as they are known
 */
record FlywayPlaceholders(boolean replaced, String prefix, String suffix, Map<String, String> values) {

    static final FlywayPlaceholders DEFAULT = new FlywayPlaceholders(true, "${", "}", Map.of());

    FlywayPlaceholders {
        values = Map.copyOf(values);
    }

    FlywayPlaceholders with(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(values);
        more.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
        return new FlywayPlaceholders(replaced, prefix, suffix, all);
    }

    /** The same for a script that asks for it, whatever the project says. */
    FlywayPlaceholders replacing() {
        return new FlywayPlaceholders(true, prefix, suffix, values);
    }

    /** As the placeholders whose value is not known are written for the parser. */
    private static String unknown(String name) {
        return "${" + name + "}";
    }

    /** The text as Flyway sends it; a placeholder without a known value stands for itself. */
    SourceText fill(SourceText file) {
        String content = file.content();
        int open = replaced ? content.indexOf(prefix) : -1;
        if (open < 0) {
            return file;
        }
        DerivedText filled = new DerivedText();
        int done = 0;
        boolean changed = false;
        while (open >= 0) {
            int close = content.indexOf(suffix, open + prefix.length());
            if (close < 0) {
                break;
            }
            int end = close + suffix.length();
            String name = content.substring(open + prefix.length(), close);
            String text = value(name).orElseGet(() -> unknown(name));
            if (!text.contentEquals(content.subSequence(open, end))) {
                filled.copy(file, new Span(done, open)).insert(text, file, new Span(open, end));
                done = end;
                changed = true;
            }
            open = content.indexOf(prefix, end);
        }
        return changed ? filled.copy(file, new Span(done, content.length())).build(file) : file;
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
    }
}
