package dev.lockstep.source.flyway;

import dev.lockstep.text.SourceText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A script's own settings, in {@code V1__name.sql.conf} beside it.
 *
 * @param shouldExecute empty when it depends on what is not known here
 */
record ScriptConfiguration(
        Optional<Boolean> executeInTransaction,
        Optional<Boolean> placeholderReplacement,
        Optional<String> encoding,
        Optional<Boolean> shouldExecute) {

    static final ScriptConfiguration NONE =
            new ScriptConfiguration(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(true));

    static ScriptConfiguration of(SourceText file, FlywayPlaceholders placeholders) {
        Map<String, String> settings =
                SettingsFile.properties(placeholders.fill(file).content());
        return new ScriptConfiguration(
                flag(settings, "executeInTransaction"),
                flag(settings, "placeholderReplacement"),
                Optional.ofNullable(settings.get("encoding")),
                Optional.ofNullable(settings.get("shouldExecute"))
                        .map(ScriptConfiguration::evaluate)
                        .orElse(Optional.of(true)));
    }

    private static Optional<Boolean> flag(Map<String, String> settings, String name) {
        return Optional.ofNullable(settings.get(name)).map(Boolean::parseBoolean);
    }

    /** A comparison of two words, or a word; anything more is left alone. */
    private static Optional<Boolean> evaluate(String expression) {
        String bare = expression.strip();
        if (bare.contains("${") || bare.matches(".*(&&|\\|\\||[()]).*")) {
            return Optional.empty();
        }
        boolean unequal = bare.contains("!=");
        String[] sides = bare.split("[!=]=");
        if (sides.length == 2) {
            return Optional.of(sides[0].strip().equals(sides[1].strip()) != unequal);
        }
        return switch (bare.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
