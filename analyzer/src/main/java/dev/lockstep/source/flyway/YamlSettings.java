package dev.lockstep.source.flyway;

import dev.lockstep.source.flyway.SettingsFile.UnreadableSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Spring's settings in YAML: of several documents those without a profile, later ones win. No class that a file names is loaded. */
final class YamlSettings {

    private YamlSettings() {}

    static Map<String, String> read(String text) {
        Map<String, String> all = new LinkedHashMap<>();
        try {
            for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
                Map<String, String> settings = document == null ? Map.of() : FlatSettings.of(document);
                if (!SettingsFile.isOfProfile(settings.keySet())) {
                    all.putAll(settings);
                }
            }
        } catch (YAMLException malformed) {
            throw new UnreadableSettings(malformed);
        }
        return all;
    }
}
