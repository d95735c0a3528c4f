package dev.lockstep.cli;

import dev.lockstep.cli.config.ConfigurationFile;
import dev.lockstep.cli.config.ConfigurationFile.Setting;
import dev.lockstep.cli.config.ConfigurationFile.Value;
import dev.lockstep.cli.config.Section;
import dev.lockstep.cli.user.Printable;
import dev.lockstep.cli.user.UserError;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Rule;
import dev.lockstep.rule.RuleOption;
import dev.lockstep.rule.RuleOptions;
import dev.lockstep.rule.RuleSet;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code lockstep.yml} says of rules. */
final class Configuration {

    /** The keys it takes, and what they are for. */
    static final Map<String, String> KEYS = keys();

    private final RuleCatalogue rules;
    private final ConfigurationFile file;

    private Configuration(RuleCatalogue rules, ConfigurationFile file) {
        this.rules = rules;
        this.file = file;
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("sets", "rule sets asked besides safety: style, policy");
        keys.put(
                "rules",
                "levels by rule: error, warning, note or off; a rule of another set is switched on by its level");
        keys.put("options", "options by rule");
        keys.put("rules-as-of", "the version of Lockstep whose rules are asked, so that an upgrade brings no new ones");
        return keys;
    }

    /** The choice that the file makes; the default one where there is no file. */
    static RuleChoice read(Optional<String> named, Environment environment, RuleCatalogue rules) {
        Optional<Path> path = named.map(name -> existing(name, environment))
                .or(() -> ConfigurationFile.above(environment.directory()));
        return path.map(found -> new Configuration(
                                rules, ConfigurationFile.read(found, named.orElse(shown(found, environment))))
                        .choice())
                .orElse(RuleChoice.DEFAULT);
    }

    private static Path existing(String name, Environment environment) {
        try {
            Path file = environment.directory().resolve(name);
            if (!name.isEmpty() && Files.isRegularFile(file)) {
                return file;
            }
        } catch (InvalidPathException notAPath) {
            throw new UserError("--config " + Printable.of(name) + ": not a path");
        }
        throw new UserError("--config " + Printable.of(name) + ": no such file");
    }

    private static String shown(Path file, Environment environment) {
        return file.startsWith(environment.directory())
                ? environment.directory().relativize(file).toString()
                : file.toString();
    }

    private RuleChoice choice() {
        Map<String, Section> sections = file.sections(KEYS.keySet());
        RuleChoice choice = RuleChoice.DEFAULT;
        for (Value set : values(sections, "sets")) {
            choice = choice.withSet(set(set));
        }
        for (Value version : values(sections, "rules-as-of")) {
            choice = choice.withPin(RuleVersion.parse(version.text())
                    .orElseThrow(() -> file.error(
                            version.line(), "rules-as-of takes a version such as \"0.1\", not " + version.text())));
        }
        if (sections.containsKey("rules")) {
            for (Setting level : sections.get("rules").settings()) {
                choice = choice.withLevel(rule(level.key(), level.line()).info().id(), level(level));
            }
        }
        if (sections.containsKey("options")) {
            choice = choice.withOptions(options(sections.get("options")));
        }
        return choice;
    }

    private static List<Value> values(Map<String, Section> sections, String key) {
        return sections.containsKey(key) ? sections.get(key).values() : List.of();
    }

    private RuleSet set(Value value) {
        return RuleSet.labelled(value.text())
                .orElseThrow(() -> file.unknown(value.line(), "rule set", value.text(), Choices.SETS));
    }

    private Rule rule(String name, int line) {
        return rules.find(name).orElseThrow(() -> file.unknown(line, "rule", name, rules.names()));
    }

    private Optional<Severity> level(Setting setting) {
        String word = String.join(", ", setting.words());
        if (!Choices.LEVELS.contains(word)) {
            throw file.error(
                    setting.line(), setting.key() + " takes " + Choices.list(Choices.LEVELS) + ", not " + word);
        }
        return LintOptions.level(word);
    }

    private RuleOptions options(Section section) {
        RuleOptions options = RuleOptions.NONE;
        for (Section group : section.groups()) {
            Rule rule = rule(group.key(), group.line());
            for (Setting setting : group.settings()) {
                options = with(options, rule, setting);
            }
        }
        return options;
    }

    private RuleOptions with(RuleOptions options, Rule rule, Setting setting) {
        List<RuleOption<?>> known = rule.info().options();
        RuleOption<?> option = known.stream()
                .filter(one -> one.key().equals(setting.key()))
                .findFirst()
                .orElseThrow(() -> known.isEmpty()
                        ? file.error(setting.line(), rule.info().id() + " has no options")
                        : file.unknown(
                                setting.line(),
                                "option of " + rule.info().id(),
                                setting.key(),
                                known.stream().map(RuleOption::key).toList()));
        try {
            return options.with(option, setting.words());
        } catch (IllegalArgumentException wrong) {
            throw file.error(
                    setting.line(),
                    setting.key() + " takes " + option.takes() + ", not " + String.join(", ", setting.words()));
        }
    }
}
