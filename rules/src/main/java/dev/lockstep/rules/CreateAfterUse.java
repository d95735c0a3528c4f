package dev.lockstep.rules;

import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.source.Migration;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.Statement.CreateTable;
import java.util.List;

/** A table created by a later migration than one that uses it. */
final class CreateAfterUse implements StatementRule {

    private static final Cause USED = new Cause(
            "used",
            Severity.ERROR,
            Hazard.FAILURE,
            "{0} is created here, but an earlier migration uses it already: on a new database that one fails, and where it"
                    + " succeeded this one does, because {0} exists.",
            "Create {0} in a migration before the first that uses it.");

    private static final RuleInfo INFO = new RuleInfo(
            "create-after-use",
            "A table is created by a later migration than the first that uses it",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of("migrationpilot:SQ004"),
            List.of(USED));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.statement() instanceof CreateTable create && applies(context, context.statement())) {
            QualifiedName table = context.before().resolve(create.table());
            report.report(Hit.at(create.head(), USED, table.toString()));
        }
    }

    /** Scripts with no tool behind them may each be meant for a database of their own. */
    static boolean applies(StatementContext context, Statement statement) {
        return statement instanceof CreateTable create
                && !create.ifNotExists()
                && context.migration().kind() != Migration.Kind.SCRIPT
                && context.before()
                        .table(create.table())
                        .value()
                        .map(Table::created)
                        .filter(Moment.BEFORE_HISTORY::equals)
                        .isPresent();
    }
}
