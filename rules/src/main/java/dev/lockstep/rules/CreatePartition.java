package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.BlockedTables;
import dev.lockstep.sql.Statement.CreateTable;
import java.util.List;
import java.util.Optional;

/** A partition made in place, which locks the table it is a partition of. */
final class CreatePartition implements StatementRule {

    private static final Cause PARENT_LOCK = new Cause(
            "parent-lock",
            Severity.WARNING,
            Hazard.BLOCKING_LOCK,
            "CREATE TABLE … PARTITION OF {0} takes {1} on {0}, and {2} of all its partitions wait until the transaction ends.",
            "CREATE TABLE … (LIKE {0}), then ALTER TABLE {0} ATTACH PARTITION, which lets reads and writes through.");

    private static final Cause DEFAULT_SCAN = new Cause(
            "default-scan",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "CREATE TABLE … PARTITION OF {0} reads every row of its default partition {3} for rows that belong to the new one, with"
                    + " {1} on {0}, and {2} of all its partitions wait until all are checked.",
            "Add a CHECK to {3} that keeps such rows out, as NOT VALID; VALIDATE it in a later migration; then create the table by"
                    + " itself and ATTACH it.");

    private static final RuleInfo INFO = new RuleInfo(
            "create-partition",
            "CREATE TABLE … PARTITION OF locks out readers and writers of the whole partitioned table",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(),
            List.of(PARENT_LOCK, DEFAULT_SCAN));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof CreateTable create) || !create.partitionOf()) {
            return;
        }
        QualifiedName parent = context.before().resolve(create.parents().get(0));
        Footprint footprint = context.footprint();
        Optional<RelationLock> scan = BlockedTables.duringWork(context, footprint)
                .filter(lock -> BlockedTables.isWithin(context.before(), parent, lock.relation()))
                .findFirst();
        BlockedTables.all(context, footprint)
                .filter(lock -> lock.relation().equals(parent))
                .findFirst()
                .ifPresent(lock -> report.report(Hit.at(
                        create.head(),
                        scan.isPresent() ? DEFAULT_SCAN : PARENT_LOCK,
                        parent.toString(),
                        lock.mode().sql(),
                        lock.mode().blocked(),
                        scan.map(found -> found.relation().toString()).orElse(""))));
    }
}
