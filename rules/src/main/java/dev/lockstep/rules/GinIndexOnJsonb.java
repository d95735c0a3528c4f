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
import dev.lockstep.sql.Statement;
import java.util.List;

/** A GIN index on jsonb of the large kind. */
final class GinIndexOnJsonb implements StatementRule {

    private static final Cause DEFAULT_OPERATORS = new Cause(
            "default-operators",
            Severity.NOTE,
            Hazard.NONE,
            "The GIN index on {0} has an entry for every key and value of each document; jsonb_path_ops"
                    + " makes one of a path, and is smaller and faster for @>, @? and @@.",
            "Use jsonb_path_ops unless queries ask for keys with ?.");

    private static final RuleInfo INFO = new RuleInfo(
            "gin-index-on-jsonb",
            "A GIN index on a jsonb column uses the default operator class",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of("migrationpilot:MP056"),
            List.of(DEFAULT_OPERATORS),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Statement.CreateIndex create)
                || !create.method().equals("gin")) {
            return;
        }
        create.keys().stream()
                .filter(key -> key.operatorClass().isEmpty())
                .flatMap(key -> key.column().stream())
                .filter(column -> isJsonb(context, create, column))
                .forEach(column -> report.report(Hit.at(create.head(), DEFAULT_OPERATORS, column)));
    }

    private static boolean isJsonb(StatementContext context, Statement.CreateIndex create, String column) {
        return context.before()
                .table(create.table())
                .flatMap(table -> table.column(column))
                .value()
                .flatMap(Column::type)
                .filter(type -> type.name().equals("jsonb"))
                .isPresent();
    }
}
