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
import dev.lockstep.rules.support.BlockedTables;
import dev.lockstep.rules.support.Place;
import java.util.List;

/** A strong lock on a table that the team wants left alone. */
final class LockListedTable implements StatementRule {

    private static final Cause LISTED = new Cause(
            "listed",
            Severity.WARNING,
            Hazard.BLOCKING_LOCK,
            "This takes {0} on {1}, which is on the list of tables to be careful with; {2} of it wait.",
            "Ask those who look after the table, and choose the hour.");

    private static final RuleOption<List<String>> TABLES =
            RuleOption.words("lock-listed-table", "tables", List.of(), "The tables to be careful with");

    private static final RuleInfo INFO = new RuleInfo(
            "lock-listed-table",
            "A statement locks out readers or writers of a table that the team has listed",
            RuleInfo.Category.LOCKING,
            RuleSet.POLICY,
            "0.1",
            List.of(
                    "migrationpilot:MP013",
                    "migrationpilot:MP014",
                    "gitlab:Migration/AddColumnsToWideTables",
                    "gitlab:Migration/PreventAddingColumns"),
            List.of(LISTED),
            List.of(TABLES));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        List<String> listed = context.option(TABLES);
        BlockedTables.all(context, context.footprint())
                .filter(lock -> listed.contains(lock.relation().toString())
                        || listed.contains(
                                lock.relation().schema() + "." + lock.relation().name()))
                .findFirst()
                .ifPresent(lock -> report.report(Hit.at(
                        Place.of(context.statement()),
                        LISTED,
                        lock.mode().sql(),
                        lock.relation().toString(),
                        lock.mode().blocked())));
    }
}
