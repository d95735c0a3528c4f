package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rule.Transaction.Opener;
import dev.lockstep.rules.support.CodeOf;
import dev.lockstep.sql.Code;
import dev.lockstep.sql.RoutineStatement;
import java.util.List;

/** A DO block or a procedure that commits, run inside a transaction. */
final class CodeCommitsInTransaction implements StatementRule {

    private static final Cause TOOL_TRANSACTION = new Cause(
            "tool-transaction",
            Severity.ERROR,
            Hazard.FAILURE,
            "{0} fails here with SQLSTATE 2D000 when it gets there: the migration tool runs this file in a transaction, and code"
                    + " may end only a transaction that it began itself.",
            "Give the block a file of its own that the tool runs without a transaction; {1}.");

    private static final Cause OWN_BLOCK = new Cause(
            "own-block",
            Severity.ERROR,
            Hazard.FAILURE,
            "{0} fails here with SQLSTATE 2D000 when it gets there: the statement stands in a transaction block, and code may end"
                    + " only a transaction that it began itself.",
            "Move the statement out of the transaction block.");

    private static final RuleInfo INFO = new RuleInfo(
            "code-commits-in-transaction",
            "A DO block or procedure that commits is run inside a transaction",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of(),
            List.of(TOOL_TRANSACTION, OWN_BLOCK));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        boolean runsCode = context.statement() instanceof RoutineStatement.DoBlock
                || context.statement() instanceof RoutineStatement.Call;
        if (!runsCode
                || !context.transaction().inBlock()
                || context.transaction().openedBy() == Opener.CODE
                || context.transaction().fileIsRefused()
                || context.footprint().failure("2D000").isEmpty()) {
            return;
        }
        String wayOut = context.migration()
                .transactions()
                .wayOut()
                .orElse("for Flyway, executeInTransaction=false in the .conf beside it");
        Cause cause = context.transaction().openedBy() == Opener.TOOL ? TOOL_TRANSACTION : OWN_BLOCK;
        if (context.statement() instanceof RoutineStatement.Call) {
            report.report(Hit.at(context.statement().span(), cause, "The COMMIT of the procedure", wayOut));
            return;
        }
        CodeOf.statements(context)
                .filter(Code.TransactionEnd.class::isInstance)
                .map(Code.TransactionEnd.class::cast)
                .findFirst()
                .ifPresentOrElse(
                        end -> report.report(Hit.at(end.span(), cause, end.commit() ? "COMMIT" : "ROLLBACK", wayOut)),
                        () -> report.report(
                                Hit.at(context.statement().span(), cause, "A procedure that commits", wayOut)));
    }
}
