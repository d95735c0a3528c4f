package dev.lockstep.rules;

import dev.lockstep.catalog.Table;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.AlterTables;
import dev.lockstep.rules.support.BlockedTables;
import dev.lockstep.sql.AlterAction.DetachPartition;
import java.util.List;

/** A partition taken off under a lock on the whole table that a weaker way avoids. */
final class DetachPartitionNotConcurrent implements StatementRule {

    private static final Cause BLOCKING = new Cause(
            "blocking",
            Severity.WARNING,
            Hazard.BLOCKING_LOCK,
            "DETACH PARTITION takes {1} on {0} as well as on the partition, and {2} of all partitions of {0} wait until the"
                    + " transaction ends.",
            "Use DETACH PARTITION … CONCURRENTLY, in a migration of its own that runs outside a transaction.");

    private static final RuleInfo INFO = new RuleInfo(
            "detach-partition-not-concurrent",
            "DETACH PARTITION without CONCURRENTLY locks out readers and writers of the whole partitioned table",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "squawk:require-concurrent-partition-detach",
                    "pgls:requireConcurrentDetachPartition",
                    "pgfence:detach-partition",
                    "migrationpilot:MP046",
                    "pg-migration-lint:PGM004",
                    "pgsafe:detach-partition-non-concurrent",
                    "pgrubic:US027"),
            List.of(BLOCKING));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(context, DetachPartition.class, (table, action) -> {
            // CONCURRENTLY is refused while there is a default partition.
            boolean noOtherWay = context.before().childrenOf(table).stream().anyMatch(Table::isDefaultPartition);
            if (action.mode() != DetachPartition.Mode.PLAIN || noOtherWay) {
                return;
            }
            BlockedTables.all(context, context.footprint(action))
                    .filter(lock -> lock.relation().equals(table))
                    .forEach(lock -> report.report(Hit.at(
                            action.span(),
                            BLOCKING,
                            table.toString(),
                            lock.mode().sql(),
                            lock.mode().blocked())));
        });
    }
}
