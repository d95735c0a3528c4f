package dev.lockstep.testkit.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A schema in a form that a server's catalogs and ours both have: facts by object.
 *
 * @param objects the facts of each object, by what it is and its name
 */
record SchemaSnapshot(SortedMap<String, Map<String, String>> objects) {

    /** The value of a fact that is not known. */
    static final String UNKNOWN = "?";

    static SchemaSnapshot empty() {
        return new SchemaSnapshot(new TreeMap<>());
    }

    void put(String object, Map<String, String> facts) {
        Map<String, String> before = objects.put(object, new LinkedHashMap<>(facts));
        if (before != null) {
            throw new IllegalStateException(object + " is there twice");
        }
    }

    /** Where the other differs; what either does not know is no difference. */
    List<String> differences(SchemaSnapshot server) {
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, Map<String, String>> object : objects.entrySet()) {
            Map<String, String> real = server.objects.get(object.getKey());
            if (real == null) {
                differences.add("only replayed: " + object);
                continue;
            }
            object.getValue().forEach((fact, value) -> {
                if (!value.equals(UNKNOWN) && !value.equals(real.get(fact))) {
                    differences.add(
                            "%s: %s is %s, replayed as %s".formatted(object.getKey(), fact, real.get(fact), value));
                }
            });
        }
        server.objects.forEach((object, facts) -> {
            if (!objects.containsKey(object)) {
                differences.add("only on the server: " + object + " " + facts);
            }
        });
        return differences;
    }
}
