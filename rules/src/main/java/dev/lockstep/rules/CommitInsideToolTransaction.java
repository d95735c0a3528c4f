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
import dev.lockstep.sql.Statement;
import java.util.List;

/** COMMIT or ROLLBACK in a file that the migration tool runs in a transaction of its own. */
final class CommitInsideToolTransaction implements StatementRule {

    private static final String ADVICE =
            "Leave BEGIN, COMMIT and ROLLBACK to the tool. What must commit by itself goes into a file of its own.";

    private static final Cause COMMIT = new Cause(
            "commit",
            Severity.WARNING,
            Hazard.NONE,
            "COMMIT ends the transaction that the migration tool opened for this file: what was done so far stays when the"
                    + " migration fails after it, and the tool does not record it.",
            ADVICE);

    private static final Cause ROLLBACK = new Cause(
            "rollback",
            Severity.ERROR,
            Hazard.NONE,
            "ROLLBACK undoes everything that this file did so far, and the migration tool records the file as applied.",
            ADVICE);

    private static final RuleInfo INFO = new RuleInfo(
            "commit-inside-tool-transaction",
            "COMMIT or ROLLBACK ends the transaction that the migration tool opened",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of(
                    "squawk:transaction-nesting",
                    "pgls:transactionNesting",
                    "pgsafemigrate:no-nested-transactions",
                    "bytebase:statement.disallow-commit"),
            List.of(COMMIT, ROLLBACK));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Statement.Transaction control)
                || context.transaction().openedBy() != Opener.TOOL) {
            return;
        }
        switch (control.kind()) {
            case COMMIT, PREPARE -> report.report(Hit.at(control.span(), COMMIT));
            case ROLLBACK -> report.report(Hit.at(control.span(), ROLLBACK));
            default -> {}
        }
    }
}
