package dev.lockstep.source.sqitch;

import dev.lockstep.text.SourceText;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** sqitch.conf: sections, some with a name in quotes, and values. */
final class SqitchConfiguration {

    private static final Pattern SECTION = Pattern.compile("\\[\\s*([\\w-]+)(?:\\s+\"([^\"]*)\")?\\s*]");

    private static final Pattern VALUE = Pattern.compile("([\\w-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^#;]*)).*");

    private final Map<String, String> values = new HashMap<>();

    private SqitchConfiguration() {}

    static SqitchConfiguration empty() {
        return new SqitchConfiguration();
    }

    static SqitchConfiguration parse(SourceText file) {
        SqitchConfiguration configuration = new SqitchConfiguration();
        String section = "";
        for (String line : file.content().lines().map(String::strip).toList()) {
            Matcher head = SECTION.matcher(line);
            Matcher value = VALUE.matcher(line);
            if (head.matches()) {
                String name = head.group(2) == null ? "" : "." + head.group(2);
                section = head.group(1).toLowerCase(Locale.ROOT) + name;
            } else if (value.matches()) {
                String text = value.group(2) == null ? value.group(3).strip() : value.group(2);
                configuration.values.put(section + "/" + value.group(1), text);
            }
        }
        return configuration;
    }

    Optional<String> value(String section, String key) {
        return Optional.ofNullable(values.get(section + "/" + key));
    }

    /** The variables that deployments are given; those of later sections win. */
    Map<String, String> variables(String... sections) {
        Map<String, String> variables = new HashMap<>();
        for (String section : sections) {
            String prefix = section + "/";
            values.forEach((key, value) -> {
                if (key.startsWith(prefix)) {
                    variables.put(key.substring(prefix.length()), value);
                }
            });
        }
        return variables;
    }
}
