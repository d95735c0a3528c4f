package dev.lockstep.engine;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.engine.HistoryReplay.ReplayedFile;
import dev.lockstep.engine.HistoryReplay.Step;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.LockModel;
import dev.lockstep.rule.HeldLock;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.TransactionLocks;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What rules see of the statements of one file, each among the others. */
final class JudgedFile {

    private final MigrationContext migration;
    private final Catalog deployed;
    private final List<TransactionLocks> earlierInDeploy;
    private final List<StatementContext> statements = new ArrayList<>();
    private final Map<Moment, Catalog> ends = new HashMap<>();
    private final List<TransactionLocks> transactions = new ArrayList<>();
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
        for (int i = 0; i < file.steps().size(); i++) {
            Step step = file.steps().get(i);
            if (i > 0 && !step.now().equals(file.steps().get(i - 1).now())) {
                endTransaction();
            }
            Span span = step.statement().span();
            add(step, locks, markers.speaksOf(span, previousEnd));
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

    private void add(Step step, LockModel locks, boolean declaredUnused) {
        Footprints footprints = new Footprints(locks, step, migration.versions());
        statements.add(new Judgement(this, step, footprints, held.all(), statements.size(), declaredUnused));
        ends.put(step.now(), step.after());
        if (step.statement() instanceof Statement.Transaction control) {
            held.control(control);
        } else {
            Footprint footprint = footprints.whole();
            held.take(
                    footprint,
                    HeldLocks.unseen(footprint, step),
                    migration.script().source(),
                    step.statement().span());
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
