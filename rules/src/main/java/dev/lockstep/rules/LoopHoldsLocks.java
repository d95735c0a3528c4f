package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.HeldLock;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.BlockedTables;
import dev.lockstep.rules.support.CodeOf;
import dev.lockstep.rules.support.Place;
import dev.lockstep.sql.Code;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A loop that locks one table after the other and keeps them all. */
final class LoopHoldsLocks implements StatementRule {

    private static final Cause TABLES = new Cause(
            "tables",
            Severity.WARNING,
            Hazard.BLOCKING_LOCK,
            "The loop takes {0} on {1} one after the other and keeps each until its transaction ends: {2}"
                    + " of the first wait until the last is done.",
            "COMMIT after each round, in a file that the migration tool runs without a transaction, or"
                    + " write a migration for each table; and set a short lock_timeout.");

    private static final RuleInfo INFO = new RuleInfo(
            "loop-holds-locks",
            "A loop locks several tables and holds all the locks to the end",
            RuleInfo.Category.LOCKING,
            RuleSet.SAFETY,
            "0.1",
            List.of(),
            List.of(TABLES),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        Optional<Code.Loop> loop = CodeOf.loop(context);
        if (loop.isEmpty() || locked(context).isEmpty() || goesOn(context, loop.get())) {
            return;
        }
        Map<QualifiedName, RelationLock> tables = new LinkedHashMap<>();
        context.heldLocks().stream()
                .filter(held -> loop.get().span().contains(held.takenBy()))
                .map(HeldLock::lock)
                .filter(lock -> BlockedTables.makesOthersWait(context, lock))
                .forEach(lock -> tables.put(lock.relation(), lock));
        locked(context).forEach(lock -> tables.put(lock.relation(), lock));
        if (tables.size() > 1) {
            RelationLock first = tables.values().iterator().next();
            report.report(Hit.at(
                    Place.of(context.statement()),
                    TABLES,
                    first.mode().sql(),
                    BlockedTables.list(List.copyOf(tables.keySet())),
                    first.mode().blocked()));
        }
    }

    private static List<RelationLock> locked(StatementContext context) {
        return BlockedTables.all(context, context.footprint()).toList();
    }

    /** Whether a later round locks another table in the same transaction. */
    private static boolean goesOn(StatementContext context, Code.Loop loop) {
        return context.later().stream()
                .anyMatch(later -> later.now().equals(context.now())
                        && loop.span().contains(later.statement().span())
                        && !locked(later).isEmpty());
    }
}
