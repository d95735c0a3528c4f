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
import dev.lockstep.rules.support.Place;
import dev.lockstep.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A migration that leaves a parameter as it finds it. */
final class MissingSetting implements StatementRule {

    private static final Cause NOT_SET = new Cause(
            "not-set",
            Severity.NOTE,
            Hazard.NONE,
            "The file starts without setting {0}.",
            "SET {0} at the head of the file.");

    private static final RuleOption<List<String>> SETTINGS = RuleOption.words(
            "missing-setting",
            "settings",
            List.of("statement_timeout"),
            "The parameters that each migration has to set");

    private static final RuleInfo INFO = new RuleInfo(
            "missing-setting",
            "A migration starts without setting a parameter that the team wants set",
            RuleInfo.Category.DESIGN,
            RuleSet.POLICY,
            "0.1",
            List.of(
                    "squawk:require-statement-timeout",
                    "pgfence:missing-statement-timeout",
                    "pgfence:missing-idle-timeout",
                    "pgfence:missing-application-name",
                    "migrationpilot:MP020",
                    "bytebase:statement.check-set-role-variable"),
            List.of(NOT_SET),
            List.of(SETTINGS));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (isPreparation(context) || !context.earlier().stream().allMatch(MissingSetting::isPreparation)) {
            return;
        }
        Set<String> set = context.earlier().stream()
                .filter(earlier -> earlier.statement() instanceof Statement.SetParameter)
                .map(earlier -> ((Statement.SetParameter) earlier.statement()).name())
                .collect(Collectors.toSet());
        context.option(SETTINGS).stream()
                .filter(name -> !set.contains(name))
                .forEach(name -> report.report(Hit.at(Place.of(context.statement()), NOT_SET, name)));
    }

    private static boolean isPreparation(StatementContext context) {
        return context.statement() instanceof Statement.SetParameter
                || context.statement() instanceof Statement.Transaction;
    }
}
