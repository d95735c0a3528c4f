package dev.lockstep.cli;

import dev.lockstep.finding.Related;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.MigrationRule;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules that find what a test marks. */
final class TestRules {

    private TestRules() {}

    /** Finds the text between {@code /*error[* /} (or warning, note) and {@code /*]* /}, without the blanks in the comments. */
    static final class Marked implements MigrationRule {

        private static final Pattern MARK =
                Pattern.compile("/\\*(error|warning|note)\\[\\*/(.*?)/\\*]\\*/", Pattern.DOTALL);

        private static final List<Cause> CAUSES = List.of(
                cause("error", Severity.ERROR), cause("warning", Severity.WARNING), cause("note", Severity.NOTE));

        private static Cause cause(String key, Severity severity) {
            return new Cause(
                    key,
                    severity,
                    Hazard.NONE,
                    "The marked text \"{0}\" would hold ACCESS EXCLUSIVE on orders while every row of it is read, and all readers"
                            + " and writers wait for that.",
                    "Do it in two steps, the second one after a deploy:\n  VALIDATE CONSTRAINT c;\nand look at the plan first.");
        }

        @Override
        public RuleInfo info() {
            return new RuleInfo(
                    "marked",
                    "A test marked the text",
                    RuleInfo.Category.LOCKING,
                    "0.1",
                    List.of("squawk:was-marked"),
                    CAUSES);
        }

        @Override
        public void check(MigrationContext context, Reporter report) {
            String text = context.script().source().content();
            Matcher mark = MARK.matcher(text);
            while (mark.find()) {
                Cause cause = CAUSES.stream()
                        .filter(one -> one.key().equals(mark.group(1)))
                        .findFirst()
                        .orElseThrow();
                report.report(new Hit(
                        new Span(mark.start(2), mark.end(2)),
                        cause,
                        List.of(mark.group(2).strip()),
                        mark.start() == 0
                                ? List.of()
                                : List.of(new Related(
                                        context.script().source(), new Span(0, 1), "here the file begins"))));
            }
        }
    }

    /** Finds every statement. */
    static final class EveryStatement implements StatementRule {

        private static final Cause CAUSE = new Cause("any", Severity.ERROR, Hazard.NONE, "A statement.", "");

        @Override
        public RuleInfo info() {
            return new RuleInfo(
                    "every-statement",
                    "There is a statement",
                    RuleInfo.Category.LOCKING,
                    "0.1",
                    List.of(),
                    List.of(CAUSE));
        }

        @Override
        public void check(StatementContext context, Reporter report) {
            report.report(Hit.at(context.statement().span(), CAUSE));
        }
    }

    /** Throws at every statement. */
    static final class Broken implements StatementRule {

        @Override
        public RuleInfo info() {
            return new RuleInfo(
                    "broken",
                    "This rule is broken",
                    RuleInfo.Category.ANALYSIS,
                    "0.1",
                    List.of(),
                    List.of(new Cause("none", Severity.NOTE, Hazard.NONE, "Nothing.", "")));
        }

        @Override
        public void check(StatementContext context, Reporter report) {
            throw new IllegalStateException("a broken rule");
        }
    }
}
