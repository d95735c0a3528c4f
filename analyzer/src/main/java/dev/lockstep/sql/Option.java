package dev.lockstep.sql;

import java.util.Locale;
import java.util.Optional;

/** A named option: {@code fillfactor = 70}, {@code FULL}; the value is absent where only the name stands. */
public record Option(String name, Optional<String> value) {

    /** Whether a boolean option is on: named, and not said to be off. */
    public boolean isOn() {
        return switch (value.orElse("true").toLowerCase(Locale.ROOT)) {
            case "off", "false", "0", "no" -> false;
            default -> true;
        };
    }
}
