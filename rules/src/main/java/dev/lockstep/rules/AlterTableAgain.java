package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement;
import java.util.List;

/** Two ALTER TABLEs that could be one. */
final class AlterTableAgain implements StatementRule {

    private static final Cause SAME_TABLE = new Cause(
            "same-table",
            Severity.NOTE,
            Hazard.NONE,
            "The statement before alters {0} too: one ALTER TABLE with the actions of both takes its locks"
                    + " once, and reads or writes the rows once.",
            "Put the actions into one ALTER TABLE.");

    private static final int LAST_PASS = 2;

    private static final RuleInfo INFO = new RuleInfo(
            "alter-table-again",
            "Two statements in a row alter one table",
            RuleInfo.Category.LOCKING,
            RuleSet.STYLE,
            "0.1",
            List.of(
                    "eugene:W12",
                    "postgres-language-server:multipleAlterTable",
                    "migrationpilot:MP058",
                    "pg-migration-lint:PGM023",
                    "bytebase:statement.merge-alter-table"),
            List.of(SAME_TABLE),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        List<StatementContext> earlier = context.earlier();
        if (!earlier.isEmpty()
                && context.statement() instanceof Statement.AlterTable alter
                && earlier.get(earlier.size() - 1).statement() instanceof Statement.AlterTable previous
                && alter.kind() == ObjectKind.TABLE
                && context.before()
                        .resolve(alter.table())
                        .equals(context.before().resolve(previous.table()))
                && alter.only() == previous.only()
                && mayBeJoined(alter)
                && mayBeJoined(previous)
                && !comesFirst(previous, alter)) {
            report.report(Hit.at(alter.head(), SAME_TABLE, alter.table().toString()));
        }
    }

    /**
     * Whether a joined ALTER TABLE would run actions of {@code alter} before those of {@code previous}: whatever is dropped goes first, then
     * types change. DROP DEFAULT then misses the column that is added, and SET NOT NULL the CHECK that spares it the scan.
     */
    private static boolean comesFirst(Statement.AlterTable previous, Statement.AlterTable alter) {
        int earliest =
                alter.actions().stream().mapToInt(AlterTableAgain::pass).min().orElse(LAST_PASS);
        return previous.actions().stream().anyMatch(action -> pass(action) > earliest);
    }

    private static int pass(AlterAction action) {
        if (action instanceof AlterAction.DropColumn
                || action instanceof AlterAction.DropConstraint
                || action instanceof AlterAction.DropDefault
                || action instanceof AlterAction.DropNotNull
                || action instanceof AlterAction.DropExpression
                || action instanceof AlterAction.DropIdentity) {
            return 0;
        }
        return action instanceof AlterAction.AlterColumnType ? 1 : LAST_PASS;
    }

    /** Partitions are attached and detached alone; a constraint is validated under a weaker lock of its own. */
    private static boolean mayBeJoined(Statement.AlterTable alter) {
        return alter.actions().stream()
                .noneMatch(action -> action instanceof AlterAction.ValidateConstraint
                        || action instanceof AlterAction.AttachPartition
                        || action instanceof AlterAction.DetachPartition);
    }
}
