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
import dev.lockstep.rules.support.AlterTables;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ObjectStatement;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.Statement;
import java.util.List;

/** A statement that stumbles over its own first run. */
final class StatementNotRerunnable implements StatementRule {

    private static final Cause CREATE = new Cause(
            "create",
            Severity.WARNING,
            Hazard.NONE,
            "When a later statement of this file fails, {0} is there already: the file runs without a"
                    + " transaction, and its second run fails here.",
            "Add IF NOT EXISTS, or give the statement a file of its own.");

    private static final Cause REPLACE = new Cause(
            "replace",
            Severity.WARNING,
            Hazard.NONE,
            "When a later statement of this file fails, {0} is there already: the file runs without a"
                    + " transaction, and its second run fails here.",
            "Use CREATE OR REPLACE.");

    private static final Cause DROP = new Cause(
            "drop",
            Severity.WARNING,
            Hazard.NONE,
            "When a later statement of this file fails, {0} is gone already: the file runs without a"
                    + " transaction, and its second run fails here.",
            "Add IF EXISTS, or give the statement a file of its own.");

    private static final RuleInfo INFO = new RuleInfo(
            "statement-not-rerunnable",
            "A file without a transaction can not be run again after it failed half-way",
            RuleInfo.Category.FAILURE,
            RuleSet.STYLE,
            "0.1",
            List.of(
                    "squawk:prefer-robust-stmts",
                    "postgres-language-server:preferRobustStmts",
                    "pgfence:prefer-robust-create-index",
                    "pgfence:prefer-robust-create-table",
                    "pgfence:prefer-robust-drop",
                    "migrationpilot:MP023",
                    "pg-migration-lint:PGM401",
                    "pg-migration-lint:PGM402",
                    "pgrubic:GN007",
                    "pgrubic:GN008",
                    "pgrubic:GN029",
                    "pgrubic:GN030"),
            List.of(CREATE, REPLACE, DROP),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.transaction().inBlock() || context.later().isEmpty()) {
            return;
        }
        Statement statement = context.statement();
        if (statement instanceof Statement.CreateTable create && !create.ifNotExists()) {
            report.report(Hit.at(create.head(), CREATE, create.table().toString()));
        } else if (statement instanceof Statement.CreateIndex create && !create.ifNotExists()) {
            create.index()
                    .filter(index -> !isDroppedBefore(context, index.name()))
                    .ifPresent(index -> report.report(Hit.at(create.head(), CREATE, index.name())));
        } else if (statement instanceof ObjectStatement.CreateSequence create && !create.ifNotExists()) {
            report.report(Hit.at(create.span(), CREATE, create.sequence().toString()));
        } else if (statement instanceof Statement.CreateView create && !create.orReplace()) {
            report.report(Hit.at(create.head(), REPLACE, create.view().toString()));
        } else if (statement instanceof RoutineStatement.CreateFunction create && !create.orReplace()) {
            report.report(Hit.at(create.span(), REPLACE, create.function().toString()));
        } else if (statement instanceof Statement.Drop drop
                && !drop.ifExists()
                && !drop.objects().isEmpty()) {
            report.report(Hit.at(drop.span(), DROP, drop.objects().get(0).toString()));
        }
        AlterTables.forEach(context, AlterAction.AddColumn.class, (table, action) -> {
            if (!action.ifNotExists()) {
                report.report(Hit.at(
                        action.span(), CREATE, table + "." + action.column().name()));
            }
        });
        AlterTables.forEach(context, AlterAction.DropColumn.class, (table, action) -> {
            if (!action.ifExists()) {
                report.report(Hit.at(action.span(), DROP, table + "." + action.column()));
            }
        });
    }

    /** The way to build an index again after a concurrent build failed. */
    private static boolean isDroppedBefore(StatementContext context, String index) {
        return context.earlier().stream()
                .anyMatch(earlier -> earlier.statement() instanceof Statement.Drop drop
                        && drop.ifExists()
                        && drop.objects().stream().anyMatch(name -> name.name().equals(index)));
    }
}
