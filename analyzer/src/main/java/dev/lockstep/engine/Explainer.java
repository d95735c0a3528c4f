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
        history.replay(deploys, file -> {
            if (file.planned().judging() == Judging.FULL) {
                visit.accept(explain(file, versions));
            }
        });
    }

    private Explanation explain(ReplayedFile file, List<PgVersion> versions) {
        List<ExplainedTransaction> transactions = new ArrayList<>();
        List<Step> steps = file.steps();
        for (int from = 0; from < steps.size(); ) {
            int to = from + 1;
            while (to < steps.size()
                    && steps.get(to).now().equals(steps.get(from).now())) {
                to++;
            }
            List<Step> together = steps.subList(from, to);
            transactions.add(transaction(together, to == steps.size(), versions));
            from = to;
        }
        return new Explanation(
                file.planned().migration(), file.script(), file.transaction().refusal(), transactions);
    }

    /** The statements of one moment; BEGIN, COMMIT and their kin lock nothing and are left out. */
    private ExplainedTransaction transaction(List<Step> together, boolean last, List<PgVersion> versions) {
        List<ExplainedStatement> statements = new ArrayList<>();
        HeldLocks held = new HeldLocks();
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
            held.take(footprint, unseen, step.statement().span());
        }
        return new ExplainedTransaction(opener, statements, end(together, opener, last));
    }

    private static End end(List<Step> together, Opener opener, boolean last) {
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
            case NOBODY -> End.STATEMENT;
            case TOOL -> End.FILE;
            case FILE -> last ? End.DISCONNECT : End.COMMIT;
        };
    }
}
