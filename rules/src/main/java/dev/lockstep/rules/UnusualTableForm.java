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
import dev.lockstep.sql.PartitionKey;
import dev.lockstep.sql.Statement;
import java.util.List;

/** Forms of tables that behave otherwise than people expect. */
final class UnusualTableForm implements StatementRule {

    private static final Cause INHERITS = new Cause(
            "inherits",
            Severity.NOTE,
            Hazard.NONE,
            "{0} inherits from {1}: keys and foreign keys of the parent don't hold for its rows, and a"
                    + " query on the parent reads them too.",
            "Use a partitioned table, or a table of its own.");

    private static final Cause OF_TYPE = new Cause(
            "of-type",
            Severity.NOTE,
            Hazard.NONE,
            "{0} takes its columns from a type: they can only be changed there, for all tables of the type"
                    + " at once.",
            "Write the columns out.");

    private static final Cause SEVERAL_PARTITION_KEYS = new Cause(
            "several-partition-keys",
            Severity.NOTE,
            Hazard.NONE,
            "{0} is partitioned by {1} columns: a query has to name the first for any partition to be left"
                    + " out, and bounds overlap easily.",
            "Partition by one column, and partition the partitions where one is not enough.");

    private static final RuleInfo INFO = new RuleInfo(
            "unusual-table-form",
            "A table inherits, is made of a type, or is partitioned by several columns",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of("pgrubic:GN001", "pgrubic:GN018", "pgrubic:GN034"),
            List.of(INHERITS, OF_TYPE, SEVERAL_PARTITION_KEYS),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Statement.CreateTable create)) {
            return;
        }
        String table = create.table().toString();
        if (!create.parents().isEmpty() && !create.partitionOf()) {
            report.report(Hit.at(
                    create.head(), INHERITS, table, create.parents().get(0).toString()));
        }
        if (create.ofType().isPresent()) {
            report.report(Hit.at(create.head(), OF_TYPE, table));
        }
        create.partitionKey()
                .filter(key -> key.strategy() == PartitionKey.Strategy.RANGE
                        && key.keys().size() > 1)
                .ifPresent(key -> report.report(Hit.at(
                        create.head(),
                        SEVERAL_PARTITION_KEYS,
                        table,
                        String.valueOf(key.keys().size()))));
    }
}
