package dev.lockstep.engine;

import dev.lockstep.engine.HistoryReplay.Step;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.LockModel;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import java.util.IdentityHashMap;
import java.util.List;

/** The footprints of a statement and of its parts: every rule asks for them, so each is worked out once. Not thread-safe. */
final class Footprints {

    private final LockModel locks;
    private final Step step;
    private final List<PgVersion> versions;
    private final boolean apart;
    private final IdentityHashMap<Object, Footprint> known = new IdentityHashMap<>();

    /**
     * @param versions the worst on any of them counts
     * @param apart whether the statements of the code that it runs are judged by themselves
     */
    Footprints(LockModel locks, Step step, List<PgVersion> versions, boolean apart) {
        this.locks = locks;
        this.step = step;
        this.versions = versions;
        this.apart = apart;
    }

    Footprint whole() {
        return known.computeIfAbsent(step.statement(), statement -> footprint(versions));
    }

    Footprint on(PgVersion version) {
        return known.computeIfAbsent(version, one -> footprint(List.of(version)));
    }

    private Footprint footprint(List<PgVersion> judged) {
        return apart
                ? locks.footprintApartFromCode(step.statement(), step.before(), judged, step.settings())
                : locks.footprint(step.statement(), step.before(), judged, step.settings());
    }

    /** Unknown unless the statement is an ALTER TABLE. */
    Footprint of(AlterAction action) {
        return step.statement() instanceof Statement.AlterTable alter
                ? known.computeIfAbsent(
                        action, part -> locks.footprint(alter, action, step.before(), versions, step.settings()))
                : Footprint.UNKNOWN;
    }

    /** Unknown unless the statement is a DROP. */
    Footprint of(ObjectName dropped) {
        return step.statement() instanceof Statement.Drop drop
                ? known.computeIfAbsent(dropped, part -> locks.footprint(drop, dropped, step.before(), versions))
                : Footprint.UNKNOWN;
    }
}
