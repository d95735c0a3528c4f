package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
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

/** A table without the columns that all tables have. */
final class MissingColumn implements StatementRule {

    private static final Cause COLUMN = new Cause(
            "column", Severity.NOTE, Hazard.NONE, "{0} has no column {1}, which every table is to have.", "Add it.");

    private static final RuleOption<List<String>> COLUMNS =
            RuleOption.words("missing-column", "columns", List.of(), "The columns that every table has");

    private static final RuleInfo INFO = new RuleInfo(
            "missing-column",
            "A new table lacks a column that the team wants in all tables",
            RuleInfo.Category.DESIGN,
            RuleSet.POLICY,
            "0.1",
            List.of(
                    "pgsafe:require-columns",
                    "pgrubic:GN011",
                    "pgrubic:GN012",
                    "pgrubic:GN013",
                    "bytebase:column.required"),
            List.of(COLUMN),
            List.of(COLUMNS));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Statement.CreateTable create)
                || create.persistence() == Statement.Persistence.TEMPORARY
                || !create.parents().isEmpty()) {
            return;
        }
        Catalog end = context.atFileEnd();
        end.table(context.before().created(create.table()))
                .value()
                .ifPresent(table -> context.option(COLUMNS).stream()
                        .filter(column -> table.column(column).isAbsent())
                        .forEach(column -> report.report(
                                Hit.at(create.head(), COLUMN, table.name().toString(), column))));
    }
}
