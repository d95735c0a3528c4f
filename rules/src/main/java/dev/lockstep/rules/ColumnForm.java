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
import dev.lockstep.rules.support.NewColumns;
import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.TypeName;
import java.util.List;

/** A column without what the team wants of every column. */
final class ColumnForm implements StatementRule {

    private static final Cause DEFAULT = new Cause(
            "default",
            Severity.NOTE,
            Hazard.NONE,
            "{0}.{1} has no default, which every column is to have.",
            "Give it one.");

    private static final Cause NOT_NULL = new Cause(
            "not-null",
            Severity.NOTE,
            Hazard.NONE,
            "{0}.{1} may be NULL, which no column is to be.",
            "Make it NOT NULL, with a default where the table holds rows.");

    private static final RuleOption<List<String>> REQUIRE =
            RuleOption.words("column-form", "require", List.of(), "What every column is to have: default, not-null");

    private static final RuleInfo INFO = new RuleInfo(
            "column-form",
            "A new column has no default, or may be NULL, where the team wants otherwise",
            RuleInfo.Category.DESIGN,
            RuleSet.POLICY,
            "0.1",
            List.of("bytebase:column.no-null", "bytebase:column.require-default", "pgsafe:require-not-null"),
            List.of(DEFAULT, NOT_NULL),
            List.of(REQUIRE));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        List<String> required = context.option(REQUIRE);
        for (NewColumns.NewColumn column : NewColumns.of(context)) {
            ColumnDefinition definition = column.definition();
            boolean fillsItself = definition.identity().isPresent()
                    || definition.generated().isPresent()
                    || definition.type().filter(TypeName::isSerial).isPresent();
            if (column.isKey() || fillsItself) {
                continue;
            }
            if (required.contains("default") && definition.defaultValue().isEmpty()) {
                report.report(Hit.at(definition.span(), DEFAULT, column.table().toString(), column.name()));
            }
            if (required.contains("not-null") && definition.notNull().isEmpty()) {
                report.report(Hit.at(definition.span(), NOT_NULL, column.table().toString(), column.name()));
            }
        }
    }
}
