package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
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

/** One index more than the team wants on a table. */
final class ManyIndexes implements StatementRule {

    private static final Cause INDEX = new Cause(
            "index",
            Severity.NOTE,
            Hazard.NONE,
            "{0} has {1} indexes now; each is kept up by every INSERT and most UPDATEs.",
            "Drop one that pg_stat_user_indexes shows unused, or let a wider one stand in.");

    private static final RuleOption<Integer> MOST =
            RuleOption.number("many-indexes", "most", 10, "How many indexes a table may have");

    private static final RuleInfo INFO = new RuleInfo(
            "many-indexes",
            "A table gets more indexes than the team has agreed on",
            RuleInfo.Category.DESIGN,
            RuleSet.POLICY,
            "0.1",
            List.of("bytebase:index.total-number-limit", "gitlab:Migration/PreventIndexCreation"),
            List.of(INDEX),
            List.of(MOST));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Statement.CreateIndex create)) {
            return;
        }
        QualifiedName table = context.before().resolve(create.table());
        int indexes = context.after().indexesOf(table).size();
        if (indexes > context.option(MOST)
                && indexes > context.before().indexesOf(table).size()) {
            report.report(Hit.at(create.head(), INDEX, table.toString(), String.valueOf(indexes)));
        }
    }
}
