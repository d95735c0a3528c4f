package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.Footprint;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.ChangeSets;
import dev.lockstep.sql.Statement.CreateIndex;
import java.util.List;

/** An index built while writers wait. */
final class CreateIndexNotConcurrent implements StatementRule {

    private static final String MESSAGE =
            "CREATE INDEX on {0} reads the whole table under {1}, and {2} of {0} wait until the index is built.";

    private static final Cause BLOCKING = new Cause(
            "blocking",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            MESSAGE,
            "Use CREATE INDEX CONCURRENTLY, in a migration of its own that runs outside a transaction.");

    private static final Cause PARTITIONED = new Cause(
            "partitioned",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "CREATE INDEX on the partitioned table {0} builds it on every partition under {1}, and {2} of them wait until all"
                    + " are built.",
            "Create the index ON ONLY {0}, build one on each partition CONCURRENTLY, and ATTACH them.");

    private static final RuleInfo INFO = new RuleInfo(
            "create-index-not-concurrent",
            "CREATE INDEX without CONCURRENTLY blocks writes until the index is built",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "squawk:require-concurrent-index-creation",
                    "eugene:E6",
                    "pgls:requireConcurrentIndexCreation",
                    "pgfence:create-index-not-concurrent",
                    "migrationpilot:MP001",
                    "pg-migration-lint:PGM001",
                    "pgsafe:add-index-non-concurrent",
                    "pgrubic:US016",
                    "strong_migrations:add_index",
                    "atlas:PG101"),
            List.of(BLOCKING, PARTITIONED));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof CreateIndex create) || ChangeSets.isWrittenByTool(create, context)) {
            return;
        }
        QualifiedName table = context.before().resolve(create.table());
        if (context.before().table(table).isAbsent() || !context.isInUse(table)) {
            return;
        }
        boolean partitioned = context.before()
                .table(table)
                .value()
                .filter(known -> known.kind() == Table.Kind.PARTITIONED_TABLE)
                .isPresent();
        // A partitioned table holds no rows itself: the work is done on its partitions.
        Footprint footprint = context.footprint();
        (partitioned ? footprint.blockingWork() : footprint.blockingWorkOn(table))
                .ifPresent(lock -> report.report(Hit.at(
                        create.head(),
                        partitioned ? PARTITIONED : BLOCKING,
                        table.toString(),
                        lock.mode().sql(),
                        lock.mode().blocked())));
    }
}
