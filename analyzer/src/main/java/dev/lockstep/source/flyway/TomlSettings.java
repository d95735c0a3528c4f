package dev.lockstep.source.flyway;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.lockstep.source.flyway.SettingsFile.UnreadableSettings;
import java.util.Map;

/** Flyway's settings in TOML. */
final class TomlSettings {

    private TomlSettings() {}

    static Map<String, String> read(String text) {
        try {
            return FlatSettings.of(new TomlMapper().readValue(text, Map.class));
        } catch (JacksonException malformed) {
            throw new UnreadableSettings(malformed);
        }
    }
}
