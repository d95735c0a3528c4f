package dev.lockstep.rules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What linters of PostgreSQL migrations look for, each with the rules that answer it, or why none does. The file's lines are
 * {@code # A Title of a theme}, {@code what-is-looked-for = rule-id, rule-id} and {@code what-is-looked-for: why there is no rule}.
 */
record RuleCatalogue(List<Theme> themes) {

    /** @param letter names the theme in research and issues */
    record Theme(String letter, String title, List<Entry> entries) {}

    /** Either {@code rules} or {@code reason} is empty. */
    record Entry(String topic, List<String> rules, String reason) {}

    private static final Pattern THEME = Pattern.compile("# ([A-Z]) (.+)");
    private static final Pattern ENTRY = Pattern.compile("([a-z0-9-]+)(?: = ([a-z0-9-]+(?:, [a-z0-9-]+)*)|: (.+))");

    static RuleCatalogue read() throws IOException {
        try (InputStream file = RuleCatalogue.class.getResourceAsStream("/catalogue.txt")) {
            if (file == null) {
                throw new IllegalStateException("catalogue.txt is not among the test resources");
            }
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static RuleCatalogue parse(String text) {
        List<Theme> themes = new ArrayList<>();
        for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
            Matcher theme = THEME.matcher(line);
            if (theme.matches()) {
                themes.add(new Theme(theme.group(1), theme.group(2), new ArrayList<>()));
            } else {
                themes.get(themes.size() - 1).entries().add(entry(line));
            }
        }
        return new RuleCatalogue(themes);
    }

    private static Entry entry(String line) {
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches()) {
            throw new IllegalArgumentException("catalogue.txt: " + line);
        }
        return entry.group(2) != null
                ? new Entry(entry.group(1), Arrays.asList(entry.group(2).split(", ")), "")
                : new Entry(entry.group(1), List.of(), entry.group(3));
    }

    List<Entry> entries() {
        return themes.stream().flatMap(theme -> theme.entries().stream()).toList();
    }
}
