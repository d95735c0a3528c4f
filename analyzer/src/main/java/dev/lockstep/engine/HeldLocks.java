package dev.lockstep.engine;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.engine.Explanation.HeldLock;
import dev.lockstep.lock.Footprint;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The locks that a transaction has taken so far; rolling back to a savepoint gives back those taken since. */
final class HeldLocks {

    private final Deque<Savepoint> savepoints = new ArrayDeque<>();
    private Map<QualifiedName, HeldLock> held = new LinkedHashMap<>();

    private record Savepoint(String name, Map<QualifiedName, HeldLock> held) {}

    /** The strongest lock on each relation, in the order they were first taken. */
    List<HeldLock> all() {
        return List.copyOf(held.values());
    }

    /** Notes the locks of a statement; those on relations that nobody else sees hold nobody up. */
    void take(Footprint footprint, Set<QualifiedName> unseen, Span statement) {
        footprint.locks().stream()
                .filter(lock -> !unseen.contains(lock.relation()))
                .forEach(lock -> held.merge(lock.relation(), new HeldLock(lock, statement), HeldLocks::stronger));
    }

    private static HeldLock stronger(HeldLock earlier, HeldLock later) {
        return later.lock().mode().compareTo(earlier.lock().mode()) > 0 ? later : earlier;
    }

    void control(Statement.Transaction control) {
        String name = control.savepoint().orElse("");
        switch (control.kind()) {
            case SAVEPOINT -> savepoints.push(new Savepoint(name, new LinkedHashMap<>(held)));
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
        held = new LinkedHashMap<>(savepoints.element().held());
    }
}
