package dev.lockstep.source.liquibase;

import dev.lockstep.source.liquibase.LocatedText.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The changelog parameters known so far, and {@code ${…}} replaced by them. The first definition of a name wins; one that is local to a
 * changelog counts there only, and only if there is no global one. What has no value stays as it is written, as Liquibase leaves it.
 */
final class Parameters {

    private static final int DEEPEST = 20;

    private final Map<String, String> global = new HashMap<>();
    private final Map<String, Map<String, String>> local = new HashMap<>();

    Parameters(Map<String, String> given) {
        given.forEach(this::set);
    }

    void set(String name, String value) {
        global.putIfAbsent(key(name), value);
    }

    /** Within one changelog the last local definition wins. */
    void setLocal(String changeLog, String name, String value) {
        local.computeIfAbsent(changeLog, path -> new HashMap<>()).put(key(name), value);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private Optional<String> value(String changeLog, String name) {
        return Optional.ofNullable(global.get(key(name)))
                .or(() -> Optional.ofNullable(
                        local.getOrDefault(changeLog, Map.of()).get(key(name))));
    }

    /** The node with the values that a changelog sees. */
    ChangeLogNode expand(ChangeLogNode node, String changeLog) {
        return node.map(text -> expand(text, changeLog));
    }

    LocatedText expand(LocatedText text, String changeLog) {
        if (text.parts().stream().noneMatch(part -> part.text().contains("${"))) {
            return text;
        }
        List<Part> parts = new ArrayList<>();
        text.parts().forEach(part -> expand(part, changeLog, parts));
        return new LocatedText(parts);
    }

    private void expand(Part part, String changeLog, List<Part> expanded) {
        String text = part.text();
        int done = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", open + 2)) {
            int close = text.indexOf('}', open);
            if (close < 0 || open < done) {
                continue;
            }
            Optional<String> value = meaning(text.substring(open + 2, close), changeLog, 0);
            if (value.isPresent()) {
                expanded.add(part.cut(done, open));
                expanded.add(new Part(value.get(), part.cut(open, close + 1).origin(), false));
                done = close + 1;
            }
        }
        expanded.add(part.cut(done, text.length()));
    }

    /** A colon keeps the rest from being replaced. */
    private Optional<String> meaning(String expression, String changeLog, int depth) {
        return expression.startsWith(":")
                ? Optional.of("${" + expression.substring(1).strip() + "}")
                : value(changeLog, expression.strip()).map(value -> expanded(value, changeLog, depth + 1));
    }

    private String expanded(String value, String changeLog, int depth) {
        StringBuilder whole = new StringBuilder();
        int done = 0;
        for (int open = value.indexOf("${"); open >= 0 && depth < DEEPEST; open = value.indexOf("${", open + 2)) {
            int close = value.indexOf('}', open);
            Optional<String> inner =
                    close < 0 ? Optional.empty() : meaning(value.substring(open + 2, close), changeLog, depth);
            if (inner.isPresent() && open >= done) {
                whole.append(value, done, open).append(inner.get());
                done = close + 1;
            }
        }
        return whole.append(value, done, value.length()).toString();
    }
}
