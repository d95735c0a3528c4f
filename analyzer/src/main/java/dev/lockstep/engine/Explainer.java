package dev.lockstep.engine;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.engine.Explanation.ExplainedStatement;
import dev.lockstep.engine.Explanation.ExplainedTransaction;
import dev.lockstep.engine.HistoryReplay.ReplayedFile;
import dev.lockstep.engine.HistoryReplay.Step;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.LockModel;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.parse.SqlParser;
import dev.lockstep.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Explains migrations: their transactions, and what each statement locks and does. Thread-safe. */
public final class Explainer {

    private final HistoryReplay history;
    private final LockModel locks = new LockModel();

    public Explainer(SqlParser parser) {
        this.history = new HistoryReplay(parser);
    }

    /** Hands the explanation of each judged migration to {@code visit}, in order. */
    public void explain(Deploys deploys, List<PgVersion> versions, Consumer<Explanation> visit) {
        Run run = new Run(versions);
        history.replay(deploys, file -> {
            if (file.planned().judging() == Judging.FULL) {
                visit.accept(run.explain(file));
            }
        });
    }

    /** A history under way; what a file leaves locked the next one of its group finds. */
    private final class Run {

        private final List<PgVersion> versions;
        private HeldLocks held = new HeldLocks();

        Run(List<PgVersion> versions) {
            this.versions = versions;
        }

        Explanation explain(ReplayedFile file) {
            return new Explanation(
                    file.planned().migration(),
                    file.script(),
                    file.transaction().refusal(),
                    CommittedTogether.of(file).stream()
                            .map(together -> transaction(file, together))
                            .toList());
        }

        /** BEGIN, COMMIT and their kin lock nothing and are left out. */
        private ExplainedTransaction transaction(ReplayedFile file, CommittedTogether together) {
            if (!together.joins()) {
                held = new HeldLocks();
            }
            List<ExplainedStatement> statements = new ArrayList<>();
            for (Step step : together.steps()) {
                if (step.statement() instanceof Statement.Transaction control) {
                    held.control(control);
                    continue;
                }
                Footprint footprint = locks.footprint(step.statement(), step.before(), versions, step.settings());
                Set<QualifiedName> unseen = HeldLocks.unseen(footprint, step);
                statements.add(new ExplainedStatement(
                        step.statement().span(),
                        footprint,
                        unseen,
                        List.copyOf(held.all().values())));
                held.take(
                        footprint,
                        unseen,
                        file.script().source(),
                        step.statement().span());
            }
            return new ExplainedTransaction(together.openedBy(), together.joins(), statements, together.end());
        }
    }
}
