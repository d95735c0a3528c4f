package dev.lockstep.rules;

import dev.lockstep.catalog.Column;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.NewColumns;
import java.util.List;

/** A boolean with three values. */
final class NullableBoolean implements StatementRule {

    private static final Cause THREE_VALUES = new Cause(
            "three-values",
            Severity.NOTE,
            Hazard.NONE,
            "{0}.{1} has three values: NOT {1} and {1} = false leave out the rows where it is NULL.",
            "Make it NOT NULL DEFAULT false; a constant default does not rewrite the table.");

    private static final RuleInfo INFO = new RuleInfo(
            "nullable-boolean",
            "A new boolean column may be NULL",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of("pgrubic:TP017", "gitlab:Migration/SaferBooleanColumn"),
            List.of(THREE_VALUES),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        for (NewColumns.NewColumn column : NewColumns.of(context)) {
            column.definition()
                    .type()
                    .filter(type -> type.name().equals("bool") && type.arrayDimensions() == 0)
                    .filter(type -> column.definition().notNull().isEmpty() && !column.isKey())
                    .filter(type -> !isNotNullInTheEnd(context, column))
                    .ifPresent(type -> report.report(Hit.at(
                            column.definition().span(),
                            THREE_VALUES,
                            column.table().toString(),
                            column.name())));
        }
    }

    private static boolean isNotNullInTheEnd(StatementContext context, NewColumns.NewColumn column) {
        return context.atFileEnd()
                .table(column.table())
                .flatMap(table -> table.column(column.name()))
                .value()
                .flatMap(Column::notNull)
                .orElse(false);
    }
}
