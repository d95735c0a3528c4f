package dev.lockstep.testkit.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.finding.Finding;
import dev.lockstep.rule.Rule;
import dev.lockstep.testkit.postgres.PgMatrix;
import dev.lockstep.testkit.postgres.PgServer;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Holds rules to examples that are written apart from their pages: a {@code bad} block yields a finding of one of the rules it is for, a {@code
 * good} one yields none, neither of them nor of the safety set; and servers show what the findings claim.
 */
public final class CatalogueTester {

    private final PageAnalysis analysis;
    private final PageTruth truth;

    /** @param rules all there are */
    public CatalogueTester(List<Rule> rules) {
        this.analysis = new PageAnalysis(rules);
        this.truth = new PageTruth(rules, analysis);
    }

    /**
     * A test for each block, and one for each server that it is run on.
     *
     * @param topic names the tests
     * @param rules the ids of those that the blocks are for
     * @param markdown the blocks, with the set-up they start from
     */
    public Stream<DynamicTest> tests(String topic, Set<String> rules, String markdown) {
        List<PageExample> examples = PageExample.read(topic, rules, markdown);
        return Stream.concat(
                examples.stream()
                        .map(example -> DynamicTest.dynamicTest(example.toString(), () -> check(example, rules))),
                examples.stream()
                        .filter(example -> example.block().runsOnServers())
                        .flatMap(example -> servers()
                                .filter(server -> example.block().covers(server.major()))
                                .map(server -> DynamicTest.dynamicTest(
                                        example + " on " + server, () -> truth.check(example, server)))));
    }

    /** The oldest and the newest: what lies between is told by the rules' pages. */
    private static Stream<PgServer> servers() {
        List<PgServer> all = PgMatrix.servers().toList();
        return Stream.of(all.get(0), all.get(all.size() - 1)).distinct();
    }

    private void check(PageExample example, Set<String> rules) {
        List<String> found = analysis.findings(example).stream()
                .map(finding -> finding.rule() + " at " + PageAnalysis.spelled(finding))
                .toList();
        if (example.isUnsafe()) {
            assertThat(analysis.findings(example).stream().map(Finding::rule))
                    .as("%s: %s", example, found)
                    .containsAnyElementsOf(rules);
        } else {
            assertThat(found).as("%s", example).isEmpty();
        }
    }
}
