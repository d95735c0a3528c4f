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
import dev.lockstep.sql.TypeName;
import java.util.List;

/** A number by serial, which is a default and a sequence with rights of its own. */
final class SerialColumn implements StatementRule {

    private static final Cause SERIAL = new Cause(
            "serial",
            Severity.WARNING,
            Hazard.NONE,
            "{0} of {1}.{2} is a default that calls a sequence: who may INSERT needs rights on the sequence"
                    + " too, and any value written by hand makes the sequence run into it later.",
            "Use bigint GENERATED ALWAYS AS IDENTITY.");

    private static final RuleInfo INFO = new RuleInfo(
            "serial-column",
            "A new column is numbered by serial rather than by identity",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of(
                    "squawk:prefer-identity",
                    "postgres-language-server:preferIdentity",
                    "pgfence:prefer-identity",
                    "migrationpilot:MP039",
                    "pg-migration-lint:PGM105",
                    "pgrubic:TP007",
                    "diesel-guard:CreateTableSerialCheck"),
            List.of(SERIAL),
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
                    .filter(TypeName::isSerial)
                    .ifPresent(type -> report.report(Hit.at(
                            type.span(),
                            SERIAL,
                            context.text(type.span()),
                            column.table().toString(),
                            column.name())));
        }
    }
}
