package dev.lockstep.engine;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.engine.Explanation.End;
import dev.lockstep.engine.Explanation.ExplainedStatement;
import dev.lockstep.engine.Explanation.ExplainedTransaction;
import dev.lockstep.engine.HistoryReplay.ReplayedFile;
import dev.lockstep.engine.HistoryReplay.Step;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.LockModel;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.parse.SqlParser;
import dev.lockstep.rule.Transaction.Opener;
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
            List<ExplainedTransaction> transactions = new ArrayList<>();
            List<Step> steps = file.steps();
            if (!file.member().joins()) {
                held = new HeldLocks();
            }
            for (int from = 0; from < steps.size(); ) {
                int to = from + 1;
                while (to < steps.size()
                        && steps.get(to).now().equals(steps.get(from).now())) {
                    to++;
                }
                List<Step> together = steps.subList(from, to);
                if (from > 0) {
                    held = new HeldLocks();
                }
                transactions.add(transaction(file, together, from == 0, to == steps.size()));
                from = to;
            }
            return new Explanation(
                    file.planned().migration(),
                    file.script(),
                    file.transaction().refusal(),
                    transactions);
        }

        /** The statements of one moment; BEGIN, COMMIT and their kin lock nothing and are left out. */
        private ExplainedTransaction transaction(ReplayedFile file, List<Step> together, boolean first, boolean last) {
            List<ExplainedStatement> statements = new ArrayList<>();
            Opener opener = Opener.NOBODY;
            for (Step step : together) {
                opener = step.transaction().inBlock() ? step.transaction().openedBy() : opener;
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
            return new ExplainedTransaction(
                    opener, first && file.member().joins(), statements, end(file, together, opener, last));
        }

        private static End end(ReplayedFile file, List<Step> together, Opener opener, boolean last) {
            if (together.get(together.size() - 1).statement() instanceof Statement.Transaction control) {
                switch (control.kind()) {
                    case COMMIT, PREPARE -> {
                        return End.COMMIT;
                    }
                    case ROLLBACK -> {
                        return End.ROLLBACK;
                    }
                    default -> {}
                }
            }
            return switch (opener) {
                case NOBODY, CODE -> End.STATEMENT;
                case TOOL -> last && file.member().goesOn() ? End.NEXT_FILE : End.FILE;
                case STRING -> End.STRING;
                case FILE -> last ? End.DISCONNECT : End.COMMIT;
            };
        }
    }
}
