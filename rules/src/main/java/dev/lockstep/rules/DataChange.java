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
import dev.lockstep.rules.support.Place;
import java.util.List;

/** Data changed by a schema migration. */
final class DataChange implements StatementRule {

    private static final Cause ROWS = new Cause(
            "rows",
            Severity.NOTE,
            Hazard.NONE,
            "The migration changes rows of {0}, which is in use.",
            "Change data by the application, or by a tool made for it.");

    private static final RuleInfo INFO = new RuleInfo(
            "data-change",
            "A migration changes rows of a table in use",
            RuleInfo.Category.DESIGN,
            RuleSet.POLICY,
            "0.1",
            List.of("pg-migration-lint:PGM301", "pg-migration-lint:PGM302", "pg-migration-lint:PGM303"),
            List.of(ROWS),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        context.statement()
                .changedTable()
                .map(context.before()::resolve)
                .filter(context::isDeployed)
                .ifPresent(table -> report.report(Hit.at(Place.of(context.statement()), ROWS, table.toString())));
    }
}
