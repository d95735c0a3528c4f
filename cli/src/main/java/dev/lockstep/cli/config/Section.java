package dev.lockstep.cli.config;

import dev.lockstep.cli.config.ConfigurationFile.Setting;
import dev.lockstep.cli.config.ConfigurationFile.Value;
import java.util.List;

/** A key of the configuration and what stands below it. */
public record Section(ConfigurationFile file, String key, int line, Yaml content) {

    /** The word or words it was given. */
    public List<Value> values() {
        return file.values(key, content);
    }

    /** Keys with a word each, or a list of words. */
    public List<Setting> settings() {
        return groups().stream()
                .map(group -> new Setting(group.key(), group.line(), group.values()))
                .toList();
    }

    /** Keys with keys of their own. */
    public List<Section> groups() {
        return file.sections(key, content);
    }
}
