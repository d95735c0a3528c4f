package dev.lockstep.rules;

import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.QualifiedName;
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
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/** A default or identity dropped from a required column. */
final class DropDefault implements StatementRule {

    private static final Cause REQUIRED = new Cause(
            "required",
            Severity.WARNING,
            Hazard.LOST_GUARANTEE,
            "{0}.{1} is NOT NULL: without {2}, every INSERT of deployed code that leaves it out fails.",
            "Deploy code that always writes {1} first, or DROP NOT NULL before.");

    private static final RuleInfo INFO = new RuleInfo(
            "drop-default",
            "A required column loses its default while deployed code may leave it out",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of(),
            List.of(REQUIRED));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.isDeclaredUnused()) {
            return;
        }
        AlterTables.forEach(
                context,
                AlterAction.DropDefault.class,
                (table, action) -> check(context, table, action.column(), action.span(), "its default", report));
        AlterTables.forEach(
                context,
                AlterAction.DropIdentity.class,
                (table, action) -> check(context, table, action.column(), action.span(), "its identity", report));
    }

    private static void check(
            StatementContext context, QualifiedName table, String column, Span place, String what, Reporter report) {
        boolean hadOne = context.before()
                .table(table)
                .flatMap(known -> known.column(column))
                .value()
                .filter(DropDefault::hasDefault)
                .isPresent();
        Optional<Column> left = context.atTransactionEnd()
                .table(table)
                .flatMap(known -> known.column(column))
                .value();
        boolean required = left.filter(known -> known.notNull().orElse(false) && !hasDefault(known))
                .isPresent();
        if (hadOne && required && context.isDeployed(table, column)) {
            report.report(Hit.at(place, REQUIRED, table.toString(), column, what));
        }
    }

    private static boolean hasDefault(Column column) {
        return column.defaultValue().isPresent() || column.identity();
    }
}
