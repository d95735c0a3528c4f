package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.Statement;
import java.util.List;

/** An INSERT that goes by the order of columns. */
final class InsertWithoutColumns implements StatementRule {

    private static final Cause ALL_COLUMNS = new Cause(
            "all-columns",
            Severity.WARNING,
            Hazard.NONE,
            "The INSERT into {0} goes by the order of its columns: a column that is added or dropped before"
                    + " it runs gives values to others, or makes it fail.",
            "Name the columns.");

    private static final RuleInfo INFO = new RuleInfo(
            "insert-without-columns",
            "An INSERT does not name the columns it fills",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of("pgrubic:GN033", "bytebase:statement.insert.must-specify-column"),
            List.of(ALL_COLUMNS),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.statement() instanceof Statement.Insert insert
                && insert.columns().isEmpty()
                && isAnything(insert)) {
            report.report(Hit.at(insert.head(), ALL_COLUMNS, insert.table().toString()));
        }
    }

    /** {@code DEFAULT VALUES} fills no column by its place. */
    private static boolean isAnything(Statement.Insert insert) {
        return !insert.rows().isEmpty() || !insert.source().equals(Query.NONE);
    }
}
