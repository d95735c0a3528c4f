package dev.lockstep.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.rule.Rule;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rules.RuleCatalogue.Entry;
import dev.lockstep.rules.RuleCatalogue.Theme;
import dev.lockstep.testkit.Golden;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Everything that others look for is answered, and {@code docs/rules.md} says how. */
class RuleCatalogueTest {

    /** How many topics the research found, by theme. */
    private static final Map<String, Integer> TOPICS =
            Map.of("A", 44, "B", 43, "C", 23, "D", 25, "E", 23, "F", 33, "G", 13, "H", 15, "I", 9, "J", 16);

    private static final String INTRODUCTION = """
            # Rules

            This page is generated from the rules and from `rules/src/test/resources/catalogue.txt`.

            ## The rules

            Each has a page of its own: what happens, why it hurts, the safe way, when to ignore it, and examples that are run on real servers. The level is
            that of its loudest cause. Those of the set `safety` are asked unless `lockstep.yml` says otherwise; those of `style` and `policy` with `--set
            style,policy`, or each by itself when it is given a level.

            """;

    private final RuleCatalogue catalogue = RuleCatalogue.read();

    RuleCatalogueTest() throws IOException {}

    @Test
    void everyTopicOfTheResearchIsThereOnce() {
        Map<String, Integer> counted = new TreeMap<>();
        catalogue
                .themes()
                .forEach(theme -> counted.put(theme.letter(), theme.entries().size()));
        assertThat(counted).isEqualTo(new TreeMap<>(TOPICS));
        assertThat(catalogue.entries().stream().map(Entry::topic)).doesNotHaveDuplicates();
    }

    @Test
    void everyRuleItNamesExists() {
        Set<String> ids =
                BuiltinRules.all().stream().map(rule -> rule.info().id()).collect(Collectors.toSet());
        assertThat(catalogue.entries().stream()
                        .flatMap(entry -> entry.rules().stream())
                        .filter(rule -> !ids.contains(rule)))
                .isEmpty();
    }

    @Test
    void document() {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        for (RuleSet set : RuleSet.values()) {
            text.append("### Set `%s`\n\n| rule | level | says when |\n|---|---|---|\n".formatted(set.label()));
            BuiltinRules.all().stream()
                    .filter(rule -> rule.info().set() == set)
                    .forEach(rule -> text.append("| %s | %s | %s |\n"
                            .formatted(
                                    link(rule),
                                    rule.info().severity().label(),
                                    rule.info().summary())));
            text.append('\n');
        }
        List<Entry> entries = catalogue.entries();
        text.append("""
            ## What other linters look for

            Some forty linters of PostgreSQL migrations look for %d things between them. These are the rules that answer %d of them; for each of the others it
            says why there is none. Rules that ask for one hazard are one here.
            """.formatted(
                entries.size(),
                entries.stream().filter(entry -> !entry.rules().isEmpty()).count()));
        Map<String, String> links = BuiltinRules.all().stream()
                .collect(Collectors.toMap(rule -> rule.info().id(), RuleCatalogueTest::link));
        for (Theme theme : catalogue.themes()) {
            text.append("\n### %s\n\n| looked for | our rule, or why not |\n|---|---|\n".formatted(theme.title()));
            for (Entry entry : theme.entries()) {
                String answer = entry.rules().isEmpty()
                        ? entry.reason()
                        : entry.rules().stream().map(links::get).collect(Collectors.joining(", "));
                text.append("| %s | %s |\n".formatted(entry.topic(), answer));
            }
        }
        Golden.checkDocument("docs/rules.md", text.toString());
    }

    private static String link(Rule rule) {
        return "[`%s`](../rules/src/main/java/%s.md)"
                .formatted(rule.info().id(), rule.getClass().getName().replace('.', '/'));
    }
}
