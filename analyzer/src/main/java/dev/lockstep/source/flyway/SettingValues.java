package dev.lockstep.source.flyway;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of settings that refer to others of their file, or to the environment, which is not known. */
record SettingValues(Map<String, String> all) {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^{}:]*)(?::([^{}]*))?}");

    private static final int DEEPEST = 5;

    /** With every reference resolved; empty if one can't be. */
    Optional<String> resolve(String value) {
        return resolve(value, DEEPEST);
    }

    private Optional<String> resolve(String value, int depth) {
        Matcher reference = REFERENCE.matcher(value);
        StringBuilder resolved = new StringBuilder();
        while (reference.find()) {
            Optional<String> meant = depth == 0 ? Optional.empty() : meant(reference, depth);
            if (meant.isEmpty()) {
                return Optional.empty();
            }
            reference.appendReplacement(resolved, Matcher.quoteReplacement(meant.get()));
        }
        return Optional.of(reference.appendTail(resolved).toString());
    }

    private Optional<String> meant(Matcher reference, int depth) {
        return Optional.ofNullable(all.get(reference.group(1)))
                .or(() -> Optional.ofNullable(reference.group(2)))
                .flatMap(value -> resolve(value, depth - 1));
    }
}
