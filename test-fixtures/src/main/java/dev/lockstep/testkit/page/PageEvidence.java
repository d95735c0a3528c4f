package dev.lockstep.testkit.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.observe.Observation;
import dev.lockstep.observe.ObservedLock;
import dev.lockstep.rule.Hazard;
import dev.lockstep.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a server did for one statement of an example.
 *
 * @param existing the tables that were there before its file, and their row counts
 * @param lost the names that code can't use any more
 * @param lostGuarantees what the server no longer sees to
 * @param leavesUndone whether a catalog query finds something that it didn't before
 * @param emptied those of the tables that had rows and have none now
 */
record PageEvidence(
        Optional<Statement> statement,
        Observation seen,
        Map<String, Long> existing,
        Set<String> lost,
        Set<String> lostGuarantees,
        boolean leavesUndone,
        Set<String> emptied) {

    /** An INSERT of fewer rows takes no time worth a finding. */
    private static final long MANY = 10;

    /** Holds the findings of the statement against what was seen, and its silence too. */
    void compare(String description, Set<Hazard> claims) {
        for (Hazard claim : claims) {
            boolean shown = switch (claim) {
                case BLOCKING_WORK -> isBlockingWork();
                case BLOCKING_LOCK -> strongLocks().findAny().isPresent();
                case HELD_LOCK -> isWorkUnderHeldLock();
                case ROW_LOCKS -> isEveryRow();
                case LOST_ROWS -> !emptied.isEmpty();
                case FAILURE -> seen.failure().isPresent();
                case BROKEN_NAME -> !lost.isEmpty();
                case LOST_GUARANTEE -> !lostGuarantees.isEmpty();
                case LEFT_UNDONE -> leavesUndone;
                case TOOL_REFUSAL, NONE -> true;
            };
            assertThat(shown).as("%s%nshows %s: %s", description, claim, seen).isTrue();
        }
        if (!claims.contains(Hazard.BLOCKING_WORK) && !claims.contains(Hazard.HELD_LOCK)) {
            assertThat(isBlockingWork())
                    .as("%s%nworks under a lock that blocks: %s", description, seen)
                    .isFalse();
            assertThat(isWorkUnderHeldLock())
                    .as("%s%nworks while a lock that blocks is held: %s", description, seen)
                    .isFalse();
        }
        if (!claims.contains(Hazard.ROW_LOCKS) && !claims.contains(Hazard.HELD_LOCK)) {
            assertThat(isEveryRow())
                    .as("%s%nwrites every row: %s", description, seen)
                    .isFalse();
        }
        if (!claims.contains(Hazard.FAILURE)) {
            assertThat(seen.failure()).as("%s%nfails", description).isEmpty();
        }
    }

    private boolean isBlockingWork() {
        return strongLocks().anyMatch(lock -> isWorkedOn(lock.relation()));
    }

    private boolean isWorkUnderHeldLock() {
        boolean held = strong(seen.alreadyHeld().stream()).anyMatch(lock -> existing.containsKey(lock.relation()));
        boolean works = existing.keySet().stream().anyMatch(this::isWorkedOn)
                || isEveryRow()
                || statement.filter(Statement.Insert.class::isInstance).isPresent()
                        && seen.rowsWritten().values().stream().anyMatch(rows -> rows >= MANY);
        return held && works;
    }

    private boolean isEveryRow() {
        return seen.rowsWritten().entrySet().stream()
                .anyMatch(entry -> existing.getOrDefault(entry.getKey(), 0L) > 1
                        && entry.getValue() >= existing.getOrDefault(entry.getKey(), 0L));
    }

    private Stream<ObservedLock> strongLocks() {
        return Stream.concat(strong(seen.locks().stream()), strong(seen.alreadyHeld().stream()));
    }

    private Stream<ObservedLock> strong(Stream<ObservedLock> locks) {
        return locks.filter(this::isOnExisting).filter(PageEvidence::blocks);
    }

    /** Nobody writes a materialized view but REFRESH. */
    private static boolean blocks(ObservedLock lock) {
        return lock.kind() == 'm' ? lock.mode().blocksReads() : lock.mode().blocksWrites();
    }

    /** An index that is locked already may be one that the transaction made. */
    private boolean isOnExisting(ObservedLock lock) {
        return existing.containsKey(lock.relation())
                || lock.kind() == 'i' && !seen.alreadyHeld().contains(lock);
    }

    /** Whether the statement has to go through all of the relation; in a query, the planner may, but need not. */
    private boolean isWorkedOn(String relation) {
        return !isPlanned()
                && !isEmptying()
                && (seen.scanned().contains(relation)
                        || seen.rewritten().contains(relation)
                        || seen.rebuilt().contains(relation));
    }

    /** New files, for the table and its indexes, that nothing is written to. */
    private boolean isEmptying() {
        return !seen.rewritten().isEmpty() && emptied.containsAll(seen.rewritten());
    }

    private boolean isPlanned() {
        return statement
                .filter(planned -> planned instanceof Statement.Select
                        || planned instanceof Statement.Insert
                        || planned instanceof Statement.Update
                        || planned instanceof Statement.Delete
                        || planned instanceof Statement.Merge)
                .isPresent();
    }
}
