package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.Statement.Transaction.Kind;
import java.util.List;

/** A transaction that the file begins and never ends. */
final class BeginWithoutCommit implements StatementRule {

    private static final Cause LEFT_OPEN = new Cause(
            "left-open",
            Severity.ERROR,
            Hazard.NONE,
            "BEGIN opens a transaction that the file never commits: when the connection closes, everything after it is rolled"
                    + " back.",
            "End the file with COMMIT.");

    private static final RuleInfo INFO = new RuleInfo(
            "begin-without-commit",
            "A transaction that the file begins is never committed",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of("squawk:ban-uncommitted-transaction", "pgfence:unclosed-transaction", "migrationpilot:MP053"),
            List.of(LEFT_OPEN));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        boolean opens = is(context, Kind.BEGIN) && !context.transaction().inBlock();
        if (opens && context.later().stream().noneMatch(BeginWithoutCommit::ends)) {
            report.report(Hit.at(context.statement().span(), LEFT_OPEN));
        }
    }

    private static boolean ends(StatementContext context) {
        return is(context, Kind.COMMIT) || is(context, Kind.ROLLBACK) || is(context, Kind.PREPARE);
    }

    private static boolean is(StatementContext context, Kind kind) {
        return context.statement() instanceof Statement.Transaction control && control.kind() == kind;
    }
}
