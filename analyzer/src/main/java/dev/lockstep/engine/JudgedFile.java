package dev.lockstep.engine;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.engine.HistoryReplay.ReplayedFile;
import dev.lockstep.engine.HistoryReplay.Step;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.LockModel;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.parse.NotUnderstood;
import dev.lockstep.rule.HeldLock;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.TransactionLocks;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What rules see of the statements of one file, each among the others. */
final class JudgedFile {

    private static final int LONG_FILE = 64;

    private final MigrationContext migration;
    private final Catalog deployed;
    private final List<TransactionLocks> earlierInDeploy;
    private final List<StatementContext> statements = new ArrayList<>();
    private final Map<Moment, Catalog> ends = new HashMap<>();
    private final List<TransactionLocks> transactions = new ArrayList<>();
    private final IdentityHashMap<StatementContext, Span> places = new IdentityHashMap<>();
    private final List<NotUnderstood> opaque = new ArrayList<>();
    private Optional<Moment> latest = Optional.empty();
    private HeldLocks held;

    /**
     * @param deployed the schema before the file's deploy
     * @param earlierInDeploy what the deploy's earlier files locked
     * @param held what the transaction holds that the file before has left open
     */
    JudgedFile(
            ReplayedFile file,
            MigrationContext migration,
            DeployedMarkers markers,
            Catalog deployed,
            List<TransactionLocks> earlierInDeploy,
            HeldLocks held,
            LockModel locks) {
        this.migration = migration;
        this.deployed = deployed;
        this.earlierInDeploy = List.copyOf(earlierInDeploy);
        this.held = file.member().joins() ? held : new HeldLocks();
        int previousEnd = 0;
        for (Prepared prepared : prepared(file.steps(), locks, migration.versions())) {
            Step step = prepared.step();
            CodeSteps code = prepared.code();
            Span span = step.statement().span();
            boolean declaredUnused = markers.speaksOf(span, previousEnd);
            add(step, prepared.footprints(), declaredUnused, Optional.empty(), List.of());
            for (CodeSteps.Inner inner : code.inner()) {
                Footprints footprints = new Footprints(locks, inner.step(), migration.versions(), inner.apart());
                add(inner.step(), footprints, declaredUnused, inner.place(), inner.caught());
            }
            opaque.addAll(code.opaque());
            previousEnd = span.end();
        }
        if (!file.member().goesOn()) {
            endTransaction();
        }
    }

    /** What is held when the file ends. */
    HeldLocks held() {
        return held;
    }

    /** A statement with what it does, worked out. */
    private record Prepared(Step step, CodeSteps code, Footprints footprints) {

        static Prepared of(Step step, LockModel locks, List<PgVersion> versions) {
            CodeSteps code = CodeSteps.of(step);
            Footprints footprints = new Footprints(locks, step, versions, code.isCode());
            footprints.whole();
            return new Prepared(step, code, footprints);
        }
    }

    /** What a statement does depends on nothing but the schema it finds: in a long file many are worked out side by side. */
    private static List<Prepared> prepared(List<Step> steps, LockModel locks, List<PgVersion> versions) {
        Stream<Step> all = steps.size() < LONG_FILE ? steps.stream() : steps.parallelStream();
        return all.map(step -> Prepared.of(step, locks, versions)).toList();
    }

    /** {@code place} is where findings are shown when not at the statement. */
    private void add(
            Step step, Footprints footprints, boolean declaredUnused, Optional<Span> place, List<String> caught) {
        if (latest.filter(moment -> !moment.equals(step.now())).isPresent()) {
            endTransaction();
        }
        latest = Optional.of(step.now());
        Judgement judgement =
                new Judgement(this, step, footprints, held.all(), statements.size(), declaredUnused, caught);
        statements.add(judgement);
        place.ifPresent(span -> places.put(judgement, span));
        ends.put(step.now(), step.after());
        if (step.statement() instanceof Statement.Transaction control) {
            held.control(control);
        } else {
            Footprint footprint = footprints.whole();
            held.take(
                    footprint,
                    HeldLocks.unseen(footprint, step),
                    migration.script().source(),
                    place.orElse(step.statement().span()));
        }
    }

    private void endTransaction() {
        if (statements.isEmpty()) {
            return;
        }
        StatementContext last = statements.get(statements.size() - 1);
        List<HeldLock> strong = held.all().values().stream()
                .filter(lock -> lock.lock().mode().blocksWrites())
                .filter(lock -> isTableInUse(last, lock.lock().relation()))
                .toList();
        if (strong.size() > 1) {
            transactions.add(new TransactionLocks(migration.script().source(), strong));
        }
        held = new HeldLocks();
    }

    private static boolean isTableInUse(StatementContext context, QualifiedName relation) {
        return context.isInUse(relation)
                && context.before().index(relation).value().isEmpty();
    }

    MigrationContext migration() {
        return migration;
    }

    List<StatementContext> statements() {
        return Collections.unmodifiableList(statements);
    }

    /** Where findings about a statement are shown; absent when that is where it stands. */
    Optional<Span> place(StatementContext statement) {
        return Optional.ofNullable(places.get(statement));
    }

    /** The parts of code that may do anything. */
    List<NotUnderstood> opaque() {
        return opaque;
    }

    /** Those of its transactions that lock more than one table. */
    List<TransactionLocks> transactions() {
        return transactions;
    }

    List<TransactionLocks> earlierInDeploy() {
        return earlierInDeploy;
    }

    Catalog deployed() {
        return deployed;
    }

    /** The schema after the last statement of the transaction that runs at the moment. */
    Catalog endOf(Moment moment) {
        return ends.getOrDefault(moment, deployed);
    }
}
