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
import dev.lockstep.rules.support.NewColumns;
import java.util.List;

/** A number that runs out before the table does. */
final class IntegerColumn implements StatementRule {

    private static final Cause KEY = new Cause(
            "key",
            Severity.WARNING,
            Hazard.NONE,
            "{0}.{1} numbers rows with {2}, which ends at {3}: the next INSERT then fails, and a wider type"
                    + " rewrites the whole table.",
            "Use bigint.");

    private static final Cause VALUE = new Cause(
            "value",
            Severity.NOTE,
            Hazard.NONE,
            "{0}.{1} is {2}, which ends at {3}; a wider type rewrites the whole table.",
            "Use bigint unless what it counts has a limit of its own.");

    private static final RuleInfo INFO = new RuleInfo(
            "integer-column",
            "A new column is an integer of four or two bytes",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of(
                    "squawk:prefer-bigint-over-int",
                    "squawk:prefer-bigint-over-smallint",
                    "squawk:prefer-big-int",
                    "postgres-language-server:preferBigInt",
                    "postgres-language-server:preferBigintOverInt",
                    "postgres-language-server:preferBigintOverSmallint",
                    "migrationpilot:MP038",
                    "pgrubic:TP009",
                    "pgrubic:TP010",
                    "pg-migration-lint:PGM107",
                    "online_migrations:short_primary_key_type",
                    "diesel-guard:ShortIntegerPrimaryKeyCheck"),
            List.of(KEY, VALUE),
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
                    .filter(type -> type.arrayDimensions() == 0)
                    .ifPresent(type -> {
                        String limit = limit(type.name());
                        if (!limit.isEmpty()) {
                            boolean counts = column.isKey()
                                    || type.isSerial()
                                    || column.definition().identity().isPresent();
                            report.report(Hit.at(
                                    type.span(),
                                    counts ? KEY : VALUE,
                                    column.table().toString(),
                                    column.name(),
                                    context.text(type.span()),
                                    limit));
                        }
                    });
        }
    }

    private static String limit(String type) {
        return switch (type) {
            case "int4", "serial", "serial4" -> "2,147,483,647";
            case "int2", "smallserial", "serial2" -> "32,767";
            default -> "";
        };
    }
}
