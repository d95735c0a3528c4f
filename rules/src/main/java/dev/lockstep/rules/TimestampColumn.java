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
import dev.lockstep.sql.Expression;
import java.util.List;

/** A point in time that does not say which. */
final class TimestampColumn implements StatementRule {

    private static final Cause WITHOUT_TIME_ZONE = new Cause(
            "without-time-zone",
            Severity.WARNING,
            Hazard.NONE,
            "{0}.{1} is a timestamp without time zone: it says what some clock showed, and two sessions"
                    + " with different time zones store and read different moments.",
            "Use timestamptz.");

    private static final Cause PRECISION = new Cause(
            "precision",
            Severity.NOTE,
            Hazard.NONE,
            "{0}.{1} rounds to {2} digits of a second, up as well as down: a time may come out later than" + " it was.",
            "Leave the precision out, and use date_trunc where less is wanted.");

    private static final Cause TIME_WITH_ZONE = new Cause(
            "time-with-zone",
            Severity.WARNING,
            Hazard.NONE,
            "{0}.{1} is a time of day with an offset but no date, of which nobody can tell the moment:"
                    + " daylight saving is unknown.",
            "Use timestamptz, or time and a column for the zone.");

    private static final Cause CURRENT_TIME = new Cause(
            "current-time",
            Severity.NOTE,
            Hazard.NONE,
            "CURRENT_TIME as default of {0}.{1} is a time of day with an offset.",
            "Use CURRENT_TIMESTAMP, or LOCALTIME for a time of day.");

    private static final RuleInfo INFO = new RuleInfo(
            "timestamp-column",
            "A new column keeps a time without saying which moment it was",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of(
                    "squawk:prefer-timestamptz",
                    "squawk:prefer-timestamp-tz",
                    "postgres-language-server:preferTimestamptz",
                    "pgfence:prefer-timestamptz",
                    "migrationpilot:MP040",
                    "pg-migration-lint:PGM101",
                    "pg-migration-lint:PGM102",
                    "pgrubic:TP001",
                    "pgrubic:TP002",
                    "pgrubic:TP003",
                    "pgrubic:GN020",
                    "diesel-guard:TimestampTypeCheck"),
            List.of(WITHOUT_TIME_ZONE, PRECISION, TIME_WITH_ZONE, CURRENT_TIME),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        for (NewColumns.NewType given : NewColumns.types(context)) {
            List<Integer> precision = given.type().modifiers();
            if (given.isOneOf("timestamp")) {
                report(given, WITHOUT_TIME_ZONE, "", report);
            } else if (given.isOneOf("timetz")) {
                report(given, TIME_WITH_ZONE, "", report);
            } else if (given.isOneOf("timestamptz") && !precision.isEmpty()) {
                report(given, PRECISION, String.valueOf(precision.get(0)), report);
            }
        }
        for (NewColumns.NewColumn column : NewColumns.of(context)) {
            column.definition()
                    .defaultValue()
                    .filter(value -> isCurrentTime(value.expression()))
                    .ifPresent(value -> report.report(
                            Hit.at(value.span(), CURRENT_TIME, column.table().toString(), column.name())));
        }
    }

    private static void report(NewColumns.NewType given, Cause cause, String digits, Reporter report) {
        report.report(Hit.at(given.type().span(), cause, given.table().toString(), given.column(), digits));
    }

    private static boolean isCurrentTime(Expression expression) {
        return expression instanceof Expression.FunctionCall call && call.name().equals("current_time")
                || expression.children().stream().anyMatch(TimestampColumn::isCurrentTime);
    }
}
