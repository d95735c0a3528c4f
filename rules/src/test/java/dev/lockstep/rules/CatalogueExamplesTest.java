package dev.lockstep.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.rules.RuleCatalogue.Entry;
import dev.lockstep.testkit.page.CatalogueTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** For everything that others look for and a rule answers: a bad example and a good one, apart from the rules' pages. */
class CatalogueExamplesTest {

    private static final Path FOLDER = Path.of("src/test/resources/catalogue");

    private static final String HEADING = "## ";

    private final RuleCatalogue catalogue = RuleCatalogue.read();
    private final Map<String, String> examples = examples();

    CatalogueExamplesTest() throws IOException {}

    @Test
    void everyAnsweredTopicHasBoth() {
        assertThat(examples.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        answered().map(Entry::topic).toList());
        assertThat(examples.entrySet().stream()
                        .filter(example -> !example.getValue().contains("```sql bad")
                                || !example.getValue().contains("```sql good"))
                        .map(Map.Entry::getKey))
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> badOnesAreReportedAndGoodOnesNot() {
        CatalogueTester tester = new CatalogueTester(BuiltinRules.all());
        String only = System.getProperty("topic", "");
        return answered()
                .filter(entry -> only.isEmpty() || only.equals(entry.topic()))
                .filter(entry -> examples.containsKey(entry.topic()))
                .flatMap(entry -> tester.tests(
                        entry.topic(), Set.copyOf(entry.rules()), examples.getOrDefault(entry.topic(), "")));
    }

    private Stream<Entry> answered() {
        return catalogue.entries().stream().filter(entry -> !entry.rules().isEmpty());
    }

    /** By topic, the blocks below its heading with the set-up above all headings of the file. */
    private static Map<String, String> examples() throws IOException {
        Map<String, String> examples = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                List<String> parts = List.of(Files.readString(file).split("(?m)^" + HEADING));
                for (String part : parts.subList(1, parts.size())) {
                    int end = part.indexOf('\n');
                    examples.put(part.substring(0, end), parts.get(0) + part.substring(end));
                }
            }
        }
        return examples;
    }
}
