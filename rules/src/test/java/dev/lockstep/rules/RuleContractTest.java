package dev.lockstep.rules;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Rule;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RulePage;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The registry as data: all that holds for every rule. */
class RuleContractTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/lockstep/rules");

    private final List<String> faults = new ArrayList<>();

    @Test
    void everyRuleKeepsTheContract() throws IOException {
        List<Rule> rules = BuiltinRules.all();
        rules.forEach(this::check);
        List<String> ids = rules.stream().map(rule -> rule.info().id()).toList();
        expect(ids.equals(ids.stream().sorted().toList()), "BuiltinRules is not sorted by id: " + ids);
        rules.stream()
                .flatMap(rule -> rule.info().aliases().stream()
                        .map(alias -> alias + " of " + rule.info().id()))
                .collect(groupingBy(alias -> alias))
                .forEach((alias, uses) -> expect(uses.size() == 1, "alias twice: " + alias));
        pagesWithoutRule(rules).forEach(page -> faults.add("a page without a rule: " + page));
        assertThat(faults).isEmpty();
    }

    private static Set<Path> pagesWithoutRule(List<Rule> rules) throws IOException {
        Set<String> classes = rules.stream()
                .map(rule -> rule.getClass().getSimpleName() + ".md")
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !classes.contains(file.getFileName().toString()))
                    .collect(Collectors.toSet());
        }
    }

    private void check(Rule rule) {
        RuleInfo info = rule.info();
        String id = info.id();
        Class<?> type = rule.getClass();
        expect(id.equals(kebab(type.getSimpleName())), id + " is not the name of its class in kebab case");
        expect(Modifier.isFinal(type.getModifiers()), id + ": its class is not final");
        expect(
                Arrays.stream(type.getDeclaredFields())
                        .allMatch(field ->
                                Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers())),
                id + " has state");
        expect(!info.summary().endsWith("."), id + ": its summary ends with a full stop");
        expect(info.since().matches("\\d+\\.\\d+"), id + ": since is no version");
        checkPage(info, RulePage.of(rule));
        info.causes().forEach(cause -> checkCause(id, cause));
    }

    private void checkPage(RuleInfo info, RulePage page) {
        String id = info.id();
        expect(page.title().equals(id), id + ": its page is titled " + page.title());
        expect(page.summary().equals(info.summary()), id + ": its page says: " + page.summary());
        expect(
                List.copyOf(page.sections().keySet()).equals(RulePage.HEADINGS),
                id + ": its page's headings are " + page.sections().keySet());
        page.sections().forEach((heading, text) -> expect(!text.isBlank(), id + ": nothing under " + heading));
        for (Cause cause : info.causes()) {
            expect(
                    page.markdown().contains("^ " + id + ": " + cause.key())
                            || page.markdown().contains("--! " + id + ": " + cause.key()),
                    id + ": no unsafe block shows the cause " + cause.key());
        }
        expect(page.markdown().contains("```sql safe"), id + ": no safe block");
    }

    private void checkCause(String id, Cause cause) {
        expect(cause.key().matches("[a-z]+(-[a-z]+)*"), id + ": " + cause.key() + " is no key");
        expect(cause.message().endsWith("."), id + ": " + cause.key() + " ends without a full stop");
        expect(
                cause.advice().isEmpty() || cause.advice().endsWith("."),
                id + ": the advice of " + cause.key() + " ends without a full stop");
    }

    private void expect(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
