package dev.lockstep.sarif;

import dev.lockstep.finding.Related;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.MigrationRule;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.Rule;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleInfo.Category;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement.CreateTable;
import dev.lockstep.sql.Statement.CreateView;
import dev.lockstep.sql.Statement.Drop;
import dev.lockstep.sql.Statement.Truncate;
import dev.lockstep.text.Span;
import java.util.List;

/** A small catalogue: one rule of each level, one that throws, one that is never hit. */
final class TestRules {

    static final List<Rule> ALL =
            List.of(new TruncateTable(), new UnnamedTicket(), new DropTable(), new FailingRule(), new NeverHit());

    private TestRules() {}

    private static RuleInfo info(String id, String summary, Category category, Cause... causes) {
        return new RuleInfo(id, summary, category, "0.1.0", List.of(), List.of(causes));
    }

    /** Points back to where the table was created, when that was in the same file. */
    static final class DropTable implements StatementRule {

        private static final Cause DROPPED = new Cause(
                "dropped",
                Severity.ERROR,
                Hazard.NONE,
                "Dropping table '{0}' loses its rows [all of them]",
                "Rename it first, and drop it one deploy later");

        @Override
        public RuleInfo info() {
            return TestRules.info("drop-table", "Dropping a table loses its rows", Category.COMPATIBILITY, DROPPED);
        }

        @Override
        public void check(StatementContext context, Reporter report) {
            if (context.statement() instanceof Drop drop) {
                for (ObjectName table : drop.objects()) {
                    report.report(new Hit(
                            table.span(), DROPPED, List.of(table.toString()), creations(context, table.name())));
                }
            }
        }

        private static List<Related> creations(MigrationContext context, String table) {
            return context.script().statements().stream()
                    .filter(CreateTable.class::isInstance)
                    .map(CreateTable.class::cast)
                    .filter(create -> create.table().name().equals(table))
                    .map(create -> new Related(
                            context.script().source(), create.head(), "table [" + table + "] is created here"))
                    .toList();
        }
    }

    /** A warning by default, with a cause that is louder. */
    static final class TruncateTable implements StatementRule {

        private static final Cause ONE =
                new Cause("one", Severity.WARNING, Hazard.NONE, "Truncating '{0}' blocks its readers.", "");
        private static final Cause MANY = new Cause(
                "many",
                Severity.ERROR,
                Hazard.NONE,
                "Truncating '{0}' tables at once blocks the readers of all.",
                "One at a time.");

        @Override
        public RuleInfo info() {
            return TestRules.info("truncate-table", "Truncating blocks readers", Category.LOCKING, ONE, MANY);
        }

        @Override
        public void check(StatementContext context, Reporter report) {
            if (context.statement() instanceof Truncate truncate) {
                report.report(
                        truncate.tables().size() == 1
                                ? Hit.at(
                                        truncate.span(),
                                        ONE,
                                        truncate.tables().get(0).toString())
                                : Hit.at(
                                        truncate.span(),
                                        MANY,
                                        Integer.toString(truncate.tables().size())));
            }
        }
    }

    static final class UnnamedTicket implements MigrationRule {

        private static final Cause UNNAMED =
                new Cause("unnamed", Severity.NOTE, Hazard.NONE, "The file names no ticket.", "");

        @Override
        public RuleInfo info() {
            return TestRules.info("unnamed-ticket", "A migration names its ticket", Category.ANALYSIS, UNNAMED);
        }

        @Override
        public void check(MigrationContext context, Reporter report) {
            if (!context.script().source().content().contains("TICKET-")) {
                report.report(Hit.at(new Span(0, 0), UNNAMED));
            }
        }
    }

    static final class FailingRule implements StatementRule {

        @Override
        public RuleInfo info() {
            return TestRules.info(
                    "failing-rule",
                    "Views make this rule fail",
                    Category.FAILURE,
                    new Cause("view", Severity.WARNING, Hazard.NONE, "A view.", ""));
        }

        @Override
        public void check(StatementContext context, Reporter report) {
            if (context.statement() instanceof CreateView view) {
                throw new IllegalStateException("no idea what " + view.view() + " shows");
            }
        }
    }

    static final class NeverHit implements MigrationRule {

        @Override
        public RuleInfo info() {
            return TestRules.info(
                    "never-hit",
                    "Applied history changed",
                    Category.HISTORY,
                    new Cause("changed", Severity.ERROR, Hazard.NONE, "'{0}' was changed after it was applied.", ""));
        }

        @Override
        public void check(MigrationContext context, Reporter report) {
            if (context.appliedText().isPresent()) {
                throw new IllegalStateException("these tests have no history");
            }
        }
    }
}
