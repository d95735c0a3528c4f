package dev.lockstep.rules.support;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as PostgreSQL's settings spell them; a bare number counts milliseconds. */
public final class Milliseconds {

    private static final Pattern FORM = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*(us|ms|s|min|h|d|)\\s*");

    private static final Map<String, Double> UNITS =
            Map.of("us", 0.001, "ms", 1.0, "", 1.0, "s", 1_000.0, "min", 60_000.0, "h", 3_600_000.0, "d", 86_400_000.0);

    private Milliseconds() {}

    /** Absent for anything else, such as a placeholder. */
    public static Optional<Long> of(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        Math.round(Double.parseDouble(matcher.group(1)) * UNITS.getOrDefault(matcher.group(2), 1.0)))
                : Optional.empty();
    }
}
