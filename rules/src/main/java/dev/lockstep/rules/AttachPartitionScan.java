package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.lock.Work;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.AlterTables;
import dev.lockstep.rules.support.BlockedTables;
import dev.lockstep.sql.AlterAction.AttachPartition;
import java.util.List;

/** A table whose rows are checked, or whose indexes are built, as it becomes a partition. */
final class AttachPartitionScan implements StatementRule {

    private static final Cause ROWS = new Cause(
            "rows",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "Attaching {1} to {0} reads every row of {2} under {3} to see that it belongs there, and {4} of {2} wait until all are"
                    + " checked.",
            "Add a CHECK to {1} that implies the partition's bounds, columns NOT NULL included, as NOT VALID; VALIDATE it in a later"
                    + " migration, and attach after that.");

    private static final Cause INDEX_BUILD = new Cause(
            "index-build",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "Attaching {1} to {0} builds an index on {2} under {3} that {0} has and {1} lacks, and {4} of {2} wait until it is built.",
            "Create each index of {0} on {1} CONCURRENTLY before.");

    private static final Cause FOREIGN_KEY = new Cause(
            "foreign-key",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "Attaching {1} to {0} looks for each of its rows in {2}, which {0} refers to, under {3}, and {4} of {2} wait until all"
                    + " are checked.",
            "Add the foreign key to {1} as NOT VALID before, and VALIDATE it in a later migration.");

    private static final Cause DEFAULT_PARTITION = new Cause(
            "default-partition",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "Attaching {1} to {0} reads every row of its default partition {2} under {3} for rows that belong to {1}, and {4} of {2}"
                    + " wait until all are checked.",
            "Add a CHECK to {2} that keeps such rows out, as NOT VALID; VALIDATE it in a later migration, and attach after that.");

    private static final RuleInfo INFO = new RuleInfo(
            "attach-partition-scan",
            "A table that becomes a partition is checked row by row unless a validated CHECK proves its bounds",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "pgls:avoidAttachingPartition",
                    "pgfence:attach-partition",
                    "migrationpilot:MP072",
                    "migrationpilot:MP093",
                    "migrationpilot:MP094",
                    "pg-migration-lint:PGM005",
                    "pgsafe:attach-partition"),
            List.of(ROWS, INDEX_BUILD, FOREIGN_KEY, DEFAULT_PARTITION));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(context, AttachPartition.class, (table, action) -> {
            QualifiedName partition = context.before().resolve(action.partition());
            BlockedTables.duringWork(context, context.footprint(action))
                    .filter(lock -> isSubject(context, partition, lock))
                    .map(lock -> Hit.at(
                            action.span(),
                            cause(context, table, partition, lock),
                            table.toString(),
                            partition.toString(),
                            lock.relation().toString(),
                            lock.mode().sql(),
                            lock.mode().blocked()))
                    .forEach(report::report);
        });
    }

    /** Rows that are not there need not be looked for in another table. */
    private static boolean isSubject(StatementContext context, QualifiedName partition, RelationLock lock) {
        return lock.work() != Work.READ || context.mayHoldRows(partition);
    }

    private static Cause cause(
            StatementContext context, QualifiedName table, QualifiedName partition, RelationLock lock) {
        if (BlockedTables.isWithin(context.before(), partition, lock.relation())) {
            return lock.work() == Work.INDEX_BUILD ? INDEX_BUILD : ROWS;
        }
        return BlockedTables.isWithin(context.before(), table, lock.relation()) ? DEFAULT_PARTITION : FOREIGN_KEY;
    }
}
