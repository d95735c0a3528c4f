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
import java.util.Optional;

/** Types that are regretted. */
final class DoubtfulColumnType implements StatementRule {

    private static final Cause MONEY = new Cause(
            "money",
            Severity.WARNING,
            Hazard.NONE,
            "{0}.{1} is money: its digits and its currency come from the lc_monetary of whoever reads it.",
            "Use numeric, and a column for the currency.");

    private static final Cause FLOAT = new Cause(
            "float",
            Severity.NOTE,
            Hazard.NONE,
            "{0}.{1} is a binary floating-point number: 0.1 is not 0.1 in it, and sums depend on their" + " order.",
            "Use numeric where the value is counted or paid.");

    private static final Cause JSON = new Cause(
            "json",
            Severity.NOTE,
            Hazard.NONE,
            "{0}.{1} is json: it is kept as text, has no equality, and no index can look into it.",
            "Use jsonb.");

    private static final Cause XML = new Cause(
            "xml",
            Severity.NOTE,
            Hazard.NONE,
            "{0}.{1} is xml: it has no equality, no index can look into it, and servers built without"
                    + " libxml refuse it.",
            "Use text, or jsonb for data.");

    private static final Cause HSTORE = new Cause(
            "hstore",
            Severity.NOTE,
            Hazard.NONE,
            "{0}.{1} is hstore, an extension's type that every server and driver has to have.",
            "Use jsonb.");

    private static final RuleInfo INFO = new RuleInfo(
            "doubtful-column-type",
            "A new column has a type that is often regretted",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of(
                    "postgres-language-server:preferJsonb",
                    "pg-migration-lint:PGM104",
                    "pg-migration-lint:PGM106",
                    "pg-migration-lint:PGM109",
                    "pgrubic:TP006",
                    "pgrubic:TP008",
                    "pgrubic:TP011",
                    "pgrubic:TP012",
                    "pgrubic:TP013",
                    "pgsafe:prefer-jsonb"),
            List.of(MONEY, FLOAT, JSON, XML, HSTORE),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        for (NewColumns.NewType given : NewColumns.types(context)) {
            if (given.type().arrayDimensions() == 0) {
                cause(given.type().name())
                        .ifPresent(cause -> report.report(
                                Hit.at(given.type().span(), cause, given.table().toString(), given.column())));
            }
        }
    }

    private static Optional<Cause> cause(String type) {
        return switch (type) {
            case "money" -> Optional.of(MONEY);
            case "float4", "float8" -> Optional.of(FLOAT);
            case "json" -> Optional.of(JSON);
            case "xml" -> Optional.of(XML);
            case "hstore" -> Optional.of(HSTORE);
            default -> Optional.empty();
        };
    }
}
