package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.BlockedTables;
import dev.lockstep.sql.SessionStatement;
import java.util.List;

/** A materialized view that can't be read while its query runs, or at all. */
final class RefreshMaterializedView implements StatementRule {

    private static final Cause BLOCKING = new Cause(
            "blocking",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "REFRESH MATERIALIZED VIEW {0} runs its whole query under {1}, and reads of {0} wait until it is done.",
            "Use REFRESH MATERIALIZED VIEW CONCURRENTLY; it needs a unique index on columns of {0}, without a WHERE.");

    private static final Cause EMPTIED = new Cause(
            "emptied",
            Severity.ERROR,
            Hazard.LOST_GUARANTEE,
            "REFRESH MATERIALIZED VIEW {0} WITH NO DATA empties it under {1}, and every read of {0} fails until it is refreshed with"
                    + " data.",
            "Drop {0} if nothing deployed reads it; leave it as it is if something does.");

    private static final RuleInfo INFO = new RuleInfo(
            "refresh-materialized-view",
            "REFRESH MATERIALIZED VIEW without CONCURRENTLY locks readers out while its query runs",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "pgls:requireConcurrentRefreshMatview",
                    "pgfence:refresh-matview-blocking",
                    "migrationpilot:MP033",
                    "pgsafe:refresh-matview-non-concurrent",
                    "pgrubic:US028"),
            List.of(BLOCKING, EMPTIED));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof SessionStatement.RefreshMaterializedView refresh)) {
            return;
        }
        QualifiedName view = context.before().resolve(refresh.view());
        BlockedTables.duringWork(context, context.footprint())
                .filter(lock -> lock.relation().equals(view) && lock.mode().blocksReads())
                .map(lock -> Hit.at(
                        refresh.span(),
                        refresh.withData() ? BLOCKING : EMPTIED,
                        view.toString(),
                        lock.mode().sql()))
                .forEach(report::report);
    }
}
