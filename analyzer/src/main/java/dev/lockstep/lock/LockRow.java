package dev.lockstep.lock;

import dev.lockstep.catalog.QualifiedName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One fact about PostgreSQL: for a form of statement under a condition, the locks, the work, the failures. Every row that holds adds to
 * the footprint.
 *
 * @param id names the row in tests and in the generated table
 * @param subject the statement, ALTER TABLE action or part of a statement it speaks of
 * @param form the statement in SQL's words
 * @param condition in words, empty when it always holds
 * @param manual the page of PostgreSQL's manual
 * @param samples what proves it on a real server; never empty
 */
record LockRow<S>(
        String id,
        Class<S> subject,
        String form,
        String condition,
        Predicate<Situation<S>> applies,
        PgVersion from,
        PgVersion to,
        List<Effect<S>> effects,
        boolean allowedInTransactionBlock,
        List<Failure> failures,
        String manual,
        List<Sample> samples) {

    private static final Failure TRANSACTION_BLOCK =
            new Failure("25001", Failure.When.IN_TRANSACTION_BLOCK, "cannot run inside a transaction block");

    /**
     * A lock on each relation that {@code relations} finds, and what is done under it.
     *
     * @param mode absent when another row that holds too gives the lock
     * @param certain whether it is taken in any case
     */
    record Effect<S>(
            Role role,
            Optional<LockMode> mode,
            Work work,
            boolean certain,
            Function<Situation<S>, ? extends Collection<QualifiedName>> relations) {

        Effect<S> withMode(LockMode otherMode) {
            return new Effect<>(role, Optional.of(otherMode), work, certain, relations);
        }

        Effect<S> withWork(Work otherWork) {
            return new Effect<>(role, mode, otherWork, certain, relations);
        }
    }

    LockRow {
        effects = List.copyOf(effects);
        failures = List.copyOf(failures);
        samples = List.copyOf(samples);
    }

    /** The row with more samples, of another world. */
    LockRow<S> also(World world, String... statements) {
        return new Builder<>(this).sample(world, statements);
    }

    /** The row otherwise: what a test of the samples tells from it. */
    LockRow<S> but(UnaryOperator<Builder<S>> change) {
        return change.apply(new Builder<>(this)).build();
    }

    boolean covers(PgVersion version) {
        return version.isAtLeast(from) && to.isAtLeast(version);
    }

    /** A relation without storage, such as a partitioned table, is locked but not worked on. */
    Footprint footprint(Situation<S> situation) {
        List<RelationLock> locks = new ArrayList<>();
        for (Effect<S> effect : effects) {
            for (QualifiedName relation : effect.relations().apply(situation)) {
                Work work = situation.relations().hasStorage(relation) ? effect.work() : Work.NONE;
                LockMode mode = effect.mode().orElse(LockMode.ACCESS_SHARE);
                boolean certain = effect.certain() && !situation.mayBeMissing();
                locks.add(new RelationLock(relation, mode, work, certain ? Optional.of(mode) : Optional.empty()));
            }
        }
        List<Failure> every = new ArrayList<>(failures);
        if (!allowedInTransactionBlock) {
            every.add(TRANSACTION_BLOCK);
        }
        return new Footprint(locks, allowedInTransactionBlock, every, true);
    }

    static <S> Builder<S> of(String id, Class<S> subject, String form, String manual) {
        return new Builder<>(id, subject, form, manual);
    }

    /** Collects a row, or alters one; {@link #sample} ends it, so that no row is without proof. */
    static final class Builder<S> {

        private final String id;
        private final Class<S> subject;
        private final String form;
        private final String manual;
        private final List<Effect<S>> effects = new ArrayList<>();
        private final List<Failure> failures = new ArrayList<>();
        private final List<Sample> samples = new ArrayList<>();
        private String condition = "";
        private Predicate<Situation<S>> applies = situation -> true;
        private PgVersion from = PgVersion.V14;
        private PgVersion to = PgVersion.V18;
        private boolean allowedInTransactionBlock = true;

        private Builder(String id, Class<S> subject, String form, String manual) {
            this.id = id;
            this.subject = subject;
            this.form = form;
            this.manual = manual;
        }

        private Builder(LockRow<S> row) {
            this(row.id, row.subject, row.form, row.manual);
            effects.addAll(row.effects);
            failures.addAll(row.failures);
            samples.addAll(row.samples);
            condition = row.condition;
            applies = row.applies;
            from = row.from;
            to = row.to;
            allowedInTransactionBlock = row.allowedInTransactionBlock;
        }

        Builder<S> when(String words, Predicate<Situation<S>> holds) {
            condition = words;
            applies = holds;
            return this;
        }

        Builder<S> since(PgVersion first) {
            from = first;
            return this;
        }

        Builder<S> until(PgVersion last) {
            to = last;
            return this;
        }

        Builder<S> lock(
                Role role,
                LockMode mode,
                Work work,
                Function<Situation<S>, ? extends Collection<QualifiedName>> relations) {
            effects.add(new Effect<>(role, Optional.of(mode), work, true, relations));
            return this;
        }

        /** A lock that is taken only when rows, or something the history does not tell, ask for it. */
        Builder<S> mayLock(
                Role role,
                LockMode mode,
                Work work,
                Function<Situation<S>, ? extends Collection<QualifiedName>> relations) {
            effects.add(new Effect<>(role, Optional.of(mode), work, false, relations));
            return this;
        }

        /** The same on relations, and without its work on their indexes. */
        Builder<S> mayLockWithIndexes(
                Role role,
                Role indexes,
                LockMode mode,
                Work work,
                Function<Situation<S>, ? extends Collection<QualifiedName>> relations) {
            return mayLock(role, mode, work, relations)
                    .mayLock(
                            indexes,
                            mode,
                            Work.NONE,
                            situation -> situation.relations().storedIndexesOf(relations.apply(situation)));
        }

        /** Every existing row is looked up in a referenced table. */
        Builder<S> checksForeignKey(Function<Situation<S>, ? extends Collection<QualifiedName>> referenced) {
            return work(Role.TREE, Work.SCAN, Situation::partitionTree)
                    .lock(
                            Role.INDEXES,
                            LockMode.ACCESS_SHARE,
                            Work.NONE,
                            situation -> situation.relations().storedIndexesOf(situation.partitionTree()))
                    .work(Role.REFERENCED, Work.READ, referenced)
                    .lock(
                            Role.REFERENCED_INDEXES,
                            LockMode.ACCESS_SHARE,
                            Work.NONE,
                            situation -> situation.relations().storedIndexesOf(referenced.apply(situation)))
                    .fails("23503", Failure.When.IF_A_ROW_VIOLATES, "violates foreign key constraint");
        }

        /** What rows have in common. */
        Builder<S> with(UnaryOperator<Builder<S>> shared) {
            return shared.apply(this);
        }

        Builder<S> effects(List<Effect<S>> otherEffects) {
            effects.clear();
            effects.addAll(otherEffects);
            return this;
        }

        Builder<S> failures(List<Failure> otherFailures) {
            failures.clear();
            failures.addAll(otherFailures);
            return this;
        }

        /** Work on relations that another row locks. */
        Builder<S> work(Role role, Work work, Function<Situation<S>, ? extends Collection<QualifiedName>> relations) {
            effects.add(new Effect<>(role, Optional.empty(), work, true, relations));
            return this;
        }

        /** Work on the target, and on its partitions and children unless ONLY is said; another row locks them. */
        Builder<S> treeWork(Work work) {
            return work(Role.TREE, work, Situation::tree);
        }

        Builder<S> target(LockMode mode, Work work) {
            return lock(Role.TARGET, mode, work, situation -> List.of(situation.target()));
        }

        /** The target, and its partitions and children unless ONLY is said. */
        Builder<S> tree(LockMode mode, Work work) {
            return target(mode, work).lock(Role.PARTITIONS, mode, work, Situation::below);
        }

        /** All indexes of the target, and of its partitions and children unless ONLY is said. */
        Builder<S> indexes(LockMode mode, Work work) {
            return lock(Role.INDEXES, mode, work, Situation::storedIndexes);
        }

        Builder<S> notInTransactionBlock() {
            return inTransactionBlock(false);
        }

        Builder<S> inTransactionBlock(boolean allowed) {
            allowedInTransactionBlock = allowed;
            return this;
        }

        Builder<S> fails(String sqlState, Failure.When when, String message) {
            failures.add(new Failure(sqlState, when, message));
            return this;
        }

        LockRow<S> sample(World world, String... statements) {
            for (String statement : statements) {
                samples.add(new Sample(world, statement));
            }
            return build();
        }

        private LockRow<S> build() {
            return new LockRow<>(
                    id,
                    subject,
                    form,
                    condition,
                    applies,
                    from,
                    to,
                    effects,
                    allowedInTransactionBlock,
                    failures,
                    manual,
                    samples);
        }
    }
}
