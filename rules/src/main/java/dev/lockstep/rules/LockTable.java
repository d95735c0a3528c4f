package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.BlockedTables;
import dev.lockstep.rules.support.LockTimeout;
import dev.lockstep.sql.SessionStatement;
import java.util.List;

/** A lock taken for its own sake. */
final class LockTable implements StatementRule {

    private static final Cause BLOCKING = new Cause(
            "blocking",
            Severity.WARNING,
            Hazard.BLOCKING_LOCK,
            "LOCK TABLE takes {1} on {0}, and {2} of {0} wait from here until the transaction ends, whatever follows in it.",
            "Each statement takes the lock it needs by itself; where tables must be locked in a certain order, take the weakest mode"
                    + " that does, with a short lock_timeout.");

    private static final RuleInfo INFO = new RuleInfo(
            "lock-table",
            "LOCK TABLE makes readers or writers wait until the transaction ends",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of("migrationpilot:MP065"),
            List.of(BLOCKING));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof SessionStatement.LockTable lock)) {
            return;
        }
        List<RelationLock> blocked =
                BlockedTables.all(context, context.footprint()).toList();
        if (!blocked.isEmpty() && !LockTimeout.guards(context)) {
            report.report(Hit.at(
                    lock.span(),
                    BLOCKING,
                    BlockedTables.list(
                            blocked.stream().map(RelationLock::relation).toList()),
                    blocked.get(0).mode().sql(),
                    blocked.get(0).mode().blocked()));
        }
    }
}
