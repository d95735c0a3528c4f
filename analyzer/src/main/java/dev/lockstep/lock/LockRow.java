package dev.lockstep.lock;

import dev.lockstep.catalog.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One fact about PostgreSQL: for a form of statement under a condition, the locks, the work, the failures. Every row that holds adds to
 * the footprint.
 *
 * @param id names the row in tests and in the generated table
 * @param subject the statement or ALTER TABLE action it speaks of
 * @param condition in words, empty when it always holds
 * @param sample what proves it on a real server
 */
record LockRow<S>(
        String id,
        Class<S> subject,
        String condition,
        Predicate<Situation<S>> applies,
        PgVersion from,
        PgVersion to,
        List<Effect<S>> effects,
        boolean allowedInTransactionBlock,
        List<Failure> failures,
        Sample sample) {

    /** A lock on each relation that {@code relations} finds. */
    record Effect<S>(Role role, LockMode mode, Work work, Function<Situation<S>, List<QualifiedName>> relations) {}

    /** Which relation of a statement an effect is about. */
    enum Role {
        TARGET,
        PARTITIONS,
        REFERENCED_TABLE,
        TABLE_OF_INDEX
    }

    /** Set-up and statement that show the row's effects on a server. */
    record Sample(String setup, String statement) {}

    boolean covers(PgVersion version) {
        return version.isAtLeast(from) && to.isAtLeast(version);
    }

    Footprint footprint(Situation<S> situation) {
        List<RelationLock> locks = new ArrayList<>();
        for (Effect<S> effect : effects) {
            for (QualifiedName relation : effect.relations().apply(situation)) {
                locks.add(new RelationLock(relation, effect.mode(), effect.work()));
            }
        }
        return new Footprint(locks, allowedInTransactionBlock, failures, true);
    }

    static <S> Builder<S> of(String id, Class<S> subject) {
        return new Builder<>(id, subject);
    }

    /** Collects a row; {@link #sample} ends it, so that no row is without proof. */
    static final class Builder<S> {

        private final String id;
        private final Class<S> subject;
        private final List<Effect<S>> effects = new ArrayList<>();
        private final List<Failure> failures = new ArrayList<>();
        private String condition = "";
        private Predicate<Situation<S>> applies = situation -> true;
        private PgVersion from = PgVersion.V14;
        private PgVersion to = PgVersion.V18;
        private boolean allowedInTransactionBlock = true;

        private Builder(String id, Class<S> subject) {
            this.id = id;
            this.subject = subject;
        }

        Builder<S> when(String words, Predicate<Situation<S>> holds) {
            condition = words;
            applies = holds;
            return this;
        }

        Builder<S> versions(PgVersion first, PgVersion last) {
            from = first;
            to = last;
            return this;
        }

        /** A lock on the target; its partitions and children too, unless ONLY is said. */
        Builder<S> target(LockMode mode, Work work) {
            effects.add(new Effect<>(Role.TARGET, mode, work, situation -> List.of(situation.target())));
            effects.add(new Effect<>(
                    Role.PARTITIONS,
                    mode,
                    work,
                    situation -> situation.only() ? List.of() : situation.descendants(situation.target())));
            return this;
        }

        /** A lock on the target alone, whatever is below it. */
        Builder<S> targetOnly(LockMode mode, Work work) {
            return lock(Role.TARGET, mode, work, situation -> List.of(situation.target()));
        }

        Builder<S> lock(Role role, LockMode mode, Work work, Function<Situation<S>, List<QualifiedName>> relations) {
            effects.add(new Effect<>(role, mode, work, relations));
            return this;
        }

        Builder<S> notInTransactionBlock() {
            allowedInTransactionBlock = false;
            return this;
        }

        Builder<S> fails(String sqlState, Failure.When when, String message) {
            failures.add(new Failure(sqlState, when, message));
            return this;
        }

        LockRow<S> sample(String setup, String statement) {
            return new LockRow<>(
                    id,
                    subject,
                    condition,
                    applies,
                    from,
                    to,
                    List.copyOf(effects),
                    allowedInTransactionBlock,
                    List.copyOf(failures),
                    new Sample(setup, statement));
        }
    }
}
