package dev.lockstep.testkit.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.finding.Finding;
import dev.lockstep.rule.Rule;
import dev.lockstep.rule.RulePage;
import dev.lockstep.testkit.postgres.PgMatrix;
import dev.lockstep.testkit.postgres.PgServer;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs the SQL blocks of rule pages: an {@code unsafe} block yields exactly the findings it marks, from all rules; a {@code safe} one yields none;
 * and real servers show what the findings claim. {@code -Dpage=ID,ID} takes the pages of these rules alone.
 */
public final class RulePageTester {

    private final PageAnalysis analysis;
    private final PageTruth truth;
    private final List<Rule> rules;

    /** @param rules all that are asked about every block */
    public RulePageTester(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        this.analysis = new PageAnalysis(this.rules);
        this.truth = new PageTruth(this.rules, analysis);
    }

    /** A test for each block of each rule's page. */
    public Stream<DynamicTest> analysisTests() {
        return analysisTests(examples());
    }

    /** A test for each block and each PostgreSQL version it speaks of. */
    public Stream<DynamicTest> truthTests() {
        return truthTests(examples());
    }

    /** Both for a page that is no rule's. */
    public Stream<DynamicTest> tests(String page, String markdown) {
        List<PageExample> examples = PageExample.read(page, markdown);
        return Stream.concat(analysisTests(examples.stream()), truthTests(examples.stream()));
    }

    /** The rules no block of whose pages yields findings of theirs and no other. */
    public List<String> neverAlone(Collection<Rule> asked) {
        return asked.stream()
                .map(rule -> rule.info().id())
                .filter(id -> examples(id).noneMatch(example -> isAlone(example, id)))
                .toList();
    }

    private Stream<PageExample> examples(String id) {
        return rules.stream()
                .filter(rule -> rule.info().id().equals(id))
                .flatMap(rule -> PageExample.read(id, RulePage.of(rule).markdown()).stream());
    }

    private static boolean isAlone(PageExample example, String rule) {
        List<Expectation> expected = example.expectations();
        return !expected.isEmpty()
                && expected.stream().allMatch(one -> one.rule().equals(rule));
    }

    private Stream<DynamicTest> analysisTests(Stream<PageExample> examples) {
        return examples.map(example -> DynamicTest.dynamicTest(example.toString(), () -> check(example)));
    }

    private Stream<DynamicTest> truthTests(Stream<PageExample> examples) {
        return examples.filter(example -> example.block().runsOnServers())
                .flatMap(example -> PgMatrix.servers()
                        .filter(server -> example.block().covers(server.major()))
                        .map(server -> truthTest(example, server)));
    }

    private DynamicTest truthTest(PageExample example, PgServer server) {
        return DynamicTest.dynamicTest(example + " on " + server, () -> truth.check(example, server));
    }

    private Stream<PageExample> examples() {
        String only = System.getProperty("page", "");
        return rules.stream()
                .filter(rule -> only.isEmpty()
                        || List.of(only.split(",", -1)).contains(rule.info().id()))
                .flatMap(rule -> examples(rule.info().id()));
    }

    /** The same check for one page's text; what tests of this tester use. */
    public void check(String page, String markdown) {
        PageExample.read(page, markdown).forEach(this::check);
    }

    /** The same truth check for one page's text. */
    public void checkTruth(String page, String markdown, PgServer server) throws Exception {
        for (PageExample example : PageExample.read(page, markdown)) {
            truth.check(example, server);
        }
    }

    private void check(PageExample example) {
        List<Finding> findings = analysis.findings(example);
        List<Expectation> expected = example.expectations();
        assertThat(expected.isEmpty())
                .as("%s: an unsafe block marks findings, a safe one none", example)
                .isNotEqualTo(example.isUnsafe());
        List<String> missing = expected.stream()
                .filter(expectation -> findings.stream().noneMatch(finding -> matches(expectation, finding)))
                .map(Expectation::toString)
                .toList();
        List<String> unannounced = findings.stream()
                .filter(finding -> expected.stream().noneMatch(expectation -> matches(expectation, finding)))
                .map(PageAnalysis::spelled)
                .toList();
        assertThat(unannounced)
                .as("%s: findings the block doesn't mark; missing are %s", example, missing)
                .isEmpty();
        assertThat(missing).as("%s: marked findings that didn't come", example).isEmpty();
        assertThat(findings).as("%s: each finding once", example).hasSameSizeAs(expected);
    }

    private static boolean matches(Expectation expectation, Finding finding) {
        boolean place = finding.path().equals(expectation.file())
                && finding.start().line() == expectation.line()
                && finding.start().column() == expectation.startColumn();
        boolean end = expectation.endColumn() == Expectation.STATEMENT_END
                ? endsStatement(finding)
                : finding.end().line() == expectation.line() && finding.end().column() == expectation.endColumn();
        return place
                && end
                && finding.rule().equals(expectation.rule())
                && finding.cause().equals(expectation.cause());
    }

    private static boolean endsStatement(Finding finding) {
        String rest = finding.source().content().substring(finding.span().end()).stripLeading();
        return rest.isEmpty() || rest.startsWith(";");
    }
}
