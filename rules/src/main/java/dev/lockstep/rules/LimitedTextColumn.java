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

/** Text with a length in its type. */
final class LimitedTextColumn implements StatementRule {

    private static final Cause VARCHAR = new Cause(
            "varchar",
            Severity.NOTE,
            Hazard.NONE,
            "{0}.{1} is {2}: a shorter limit rewrites the table, and a longer one takes ACCESS EXCLUSIVE"
                    + " for a moment.",
            "Use text, and a CHECK on its length where one is needed: that can be added and dropped without"
                    + " a scan under lock.");

    private static final Cause CHAR = new Cause(
            "char",
            Severity.WARNING,
            Hazard.NONE,
            "{0}.{1} is {2}: PostgreSQL pads each value with spaces, which count in length, LIKE and joins"
                    + " with text differently.",
            "Use text.");

    private static final RuleInfo INFO = new RuleInfo(
            "limited-text-column",
            "A new column is varchar(n) or char(n)",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of(
                    "squawk:prefer-text-field",
                    "squawk:ban-char-field",
                    "postgres-language-server:preferTextField",
                    "postgres-language-server:banCharField",
                    "pgfence:prefer-text-field",
                    "pgfence:ban-char-field",
                    "migrationpilot:MP037",
                    "migrationpilot:MP041",
                    "pg-migration-lint:PGM103",
                    "pg-migration-lint:PGM108",
                    "pgrubic:TP004",
                    "pgrubic:TP005",
                    "diesel-guard:CharTypeCheck"),
            List.of(VARCHAR, CHAR),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        for (NewColumns.NewType given : NewColumns.types(context)) {
            boolean isChar = given.isOneOf("bpchar");
            if ((isChar || given.isOneOf("varchar"))
                    && !given.type().modifiers().isEmpty()) {
                report.report(Hit.at(
                        given.type().span(),
                        isChar ? CHAR : VARCHAR,
                        given.table().toString(),
                        given.column(),
                        context.text(given.type().span())));
            }
        }
    }
}
