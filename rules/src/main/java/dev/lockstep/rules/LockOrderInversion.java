package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Related;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.HeldLock;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rule.TransactionLocks;
import dev.lockstep.rules.support.BlockedTables;
import dev.lockstep.rules.support.Place;
import java.util.List;
import java.util.Optional;

/** Two migrations of one deploy that lock the same tables in opposite orders. */
final class LockOrderInversion implements StatementRule {

    private static final Cause INVERTED = new Cause(
            "inverted",
            Severity.NOTE,
            Hazard.BLOCKING_LOCK,
            "This transaction locks {0}, then {1}; {2} of the same deploy locks them the other way round. Run at the same time, the two"
                    + " deadlock.",
            "Lock them in the same order, or one table in each migration.");

    private static final RuleInfo INFO = new RuleInfo(
            "lock-order-inversion",
            "Two migrations of one deploy lock the same tables in opposite orders",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(),
            List.of(INVERTED));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.earlierInDeploy().isEmpty() || context.heldLocks().isEmpty()) {
            return;
        }
        BlockedTables.all(context, context.footprint())
                .filter(lock -> context.heldLock(lock.relation())
                        .filter(held -> held.lock().mode().blocksWrites())
                        .isEmpty())
                .flatMap(lock -> inversion(context, lock.relation()).stream())
                .findFirst()
                .ifPresent(report::report);
    }

    /** The first earlier transaction that had the table before one that this transaction holds already. */
    private static Optional<Hit> inversion(StatementContext context, QualifiedName table) {
        for (TransactionLocks other : context.earlierInDeploy()) {
            List<QualifiedName> order =
                    other.taken().stream().map(held -> held.lock().relation()).toList();
            int place = order.indexOf(table);
            for (HeldLock held : context.heldLocks()) {
                boolean later = order.indexOf(held.lock().relation()) > place;
                if (place >= 0 && later && held.lock().mode().blocksWrites()) {
                    return Optional.of(hit(context, table, held, other, place));
                }
            }
        }
        return Optional.empty();
    }

    private static Hit hit(
            StatementContext context, QualifiedName table, HeldLock held, TransactionLocks other, int place) {
        return new Hit(
                Place.of(context.statement()),
                INVERTED,
                List.of(
                        held.lock().relation().toString(),
                        table.toString(),
                        other.source().path()),
                List.of(new Related(other.source(), other.taken().get(place).takenBy(), "locks " + table + " first")));
    }
}
