package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleOption;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.Statement;
import java.util.List;

/** An index of many columns. */
final class WideIndex implements StatementRule {

    private static final Cause MANY_COLUMNS = new Cause(
            "many-columns",
            Severity.NOTE,
            Hazard.NONE,
            "The index has {0} key columns: a query gains from those after the first only when it compares"
                    + " all before them, and every write pays for all.",
            "Index the columns that queries really compare; put the others into INCLUDE where an index-only"
                    + " scan needs them.");

    private static final RuleOption<Integer> MOST =
            RuleOption.number("wide-index", "most", 3, "How many key columns are fine");

    private static final RuleInfo INFO = new RuleInfo(
            "wide-index",
            "An index that is not unique has more than three key columns",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of("strong_migrations:add_index_columns", "diesel-guard:WideIndexCheck", "pgrubic:GN005"),
            List.of(MANY_COLUMNS),
            List.of(MOST));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.statement() instanceof Statement.CreateIndex create
                && !create.unique()
                && create.method().equals("btree")
                && create.keys().size() > context.option(MOST)) {
            report.report(Hit.at(
                    create.head(), MANY_COLUMNS, String.valueOf(create.keys().size())));
        }
    }
}
