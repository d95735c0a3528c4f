package dev.lockstep.source.flyway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Nested maps and lists as flat settings. */
final class FlatSettings {

    private final Map<String, String> flat = new LinkedHashMap<>();

    private FlatSettings() {}

    static Map<String, String> of(Object tree) {
        FlatSettings settings = new FlatSettings();
        settings.add("", tree);
        return settings.flat;
    }

    private void add(String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                if (inner != null) {
                    add(name.isEmpty() ? String.valueOf(key) : name + "." + key, inner);
                }
            });
        } else if (value instanceof List<?> list) {
            List<String> items = new ArrayList<>();
            list.stream().filter(Objects::nonNull).forEach(item -> items.add(String.valueOf(item)));
            flat.put(name, String.join(",", items));
        } else {
            flat.put(name, String.valueOf(value));
        }
    }
}
