package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.AlterTables;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.Constraint;
import dev.lockstep.text.Span;
import java.util.List;

/** A new column that existing rows have no value for. */
final class AddColumnNotNull implements StatementRule {

    private static final Cause NO_DEFAULT = new Cause(
            "no-default",
            Severity.ERROR,
            Hazard.FAILURE,
            "Adding {0}.{1} as NOT NULL without a default fails when {0} holds a row (SQLSTATE {3}), after waiting for {2}."
                    + " Where it succeeds, INSERTs of deployed code that don't name {1} fail.",
            "Give the column a constant default, which rewrites nothing; or add it nullable, backfill in batches, and prove"
                    + " NOT NULL with a CHECK validated later.");

    private static final RuleInfo INFO = new RuleInfo(
            "add-column-not-null",
            "A NOT NULL column without a default can't be added to a table that holds rows",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of(
                    "squawk:adding-required-field",
                    "pgls:addingRequiredField",
                    "pgfence:add-column-not-null-no-default",
                    "migrationpilot:MP084",
                    "pg-migration-lint:PGM008",
                    "pgsafe:add-column-not-null-no-default",
                    "pgrubic:US010",
                    "atlas:MF103"),
            List.of(NO_DEFAULT));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(context, AlterAction.AddColumn.class, (table, action) -> {
            var footprint = context.footprint(action);
            if (!context.mayHoldRows(table)) {
                return;
            }
            footprint
                    .failure("23502")
                    .ifPresent(failure -> report.report(Hit.at(
                            requirement(action),
                            NO_DEFAULT,
                            table.toString(),
                            action.column().name().name(),
                            footprint.on(table).map(lock -> lock.mode().sql()).orElse("its lock"),
                            failure.sqlState())));
        });
    }

    /** The clause that asks for a value: NOT NULL, or PRIMARY KEY. */
    private static Span requirement(AlterAction.AddColumn action) {
        return action.column().constraints().stream()
                .filter(constraint ->
                        constraint instanceof Constraint.NotNull || constraint instanceof Constraint.PrimaryKey)
                .map(Constraint::span)
                .findFirst()
                .orElse(action.span());
    }
}
