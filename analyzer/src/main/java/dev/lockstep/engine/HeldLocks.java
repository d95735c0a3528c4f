package dev.lockstep.engine;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.engine.HistoryReplay.Step;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.rule.HeldLock;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.stream.Collectors;
import org.pcollections.OrderedPMap;

/** The locks that a transaction has taken so far; rolling back to a savepoint gives back those taken since. */
final class HeldLocks {

    private final Deque<Savepoint> savepoints = new ArrayDeque<>();
    private OrderedPMap<QualifiedName, HeldLock> held = OrderedPMap.empty();

    private record Savepoint(String name, OrderedPMap<QualifiedName, HeldLock> held) {}

    /** The strongest lock on each relation, in the order they were first taken. */
    OrderedPMap<QualifiedName, HeldLock> all() {
        return held;
    }

    /** The relations that the statement's transaction made: nobody else sees them. */
    static Set<QualifiedName> unseen(Footprint footprint, Step step) {
        return footprint.locks().stream()
                .map(RelationLock::relation)
                .filter(relation -> step.before()
                        .table(relation)
                        .value()
                        .filter(table -> table.created().equals(step.now()))
                        .isPresent())
                .collect(Collectors.toSet());
    }

    /** Notes the locks of a statement; those on relations that nobody else sees hold nobody up. */
    void take(Footprint footprint, Set<QualifiedName> unseen, SourceText source, Span statement) {
        for (RelationLock lock : footprint.locks()) {
            HeldLock earlier = held.get(lock.relation());
            boolean stronger =
                    earlier == null || lock.mode().compareTo(earlier.lock().mode()) > 0;
            if (stronger && !unseen.contains(lock.relation())) {
                held = held.plus(lock.relation(), new HeldLock(lock, source, statement));
            }
        }
    }

    void control(Statement.Transaction control) {
        String name = control.savepoint().orElse("");
        switch (control.kind()) {
            case SAVEPOINT -> savepoints.push(new Savepoint(name, held));
            case ROLLBACK_TO -> rollBackTo(name);
            default -> {}
        }
    }

    private void rollBackTo(String name) {
        if (savepoints.stream().noneMatch(savepoint -> savepoint.name().equals(name))) {
            return;
        }
        while (!savepoints.element().name().equals(name)) {
            savepoints.pop();
        }
        held = savepoints.element().held();
    }
}
