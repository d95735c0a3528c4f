package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Ending;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.AlterTables;
import dev.lockstep.sql.AlterAction.AddConstraint;
import java.util.List;
import java.util.Optional;

/** A constraint that old rows were never held to. */
final class ConstraintNeverValidated implements StatementRule {

    /** So many migrations later, whoever meant to validate it has forgotten. */
    private static final int PATIENCE = 3;

    private static final Cause NOT_VALID = new Cause(
            "not-valid",
            Severity.WARNING,
            Hazard.LEFT_UNDONE,
            "Constraint {1} of {0} is NOT VALID, and none of the {2} migrations since validates it: rows that were there before may break"
                    + " it, the planner can't rely on it, and SET NOT NULL takes it for no proof.",
            "ALTER TABLE {0} VALIDATE CONSTRAINT {1}, in a migration of its own: it lets reads and writes through.");

    private static final RuleInfo INFO = new RuleInfo(
            "constraint-never-validated",
            "A constraint was added as NOT VALID, and nothing since has validated it",
            RuleInfo.Category.HISTORY,
            "0.1",
            List.of(),
            List.of(NOT_VALID));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(context, AddConstraint.class, (table, action) -> {
            if (!context.mayHoldRows(table)) {
                return;
            }
            added(context, table)
                    .ifPresent(constraint -> report.report(
                            Hit.at(
                                    action.span(),
                                    NOT_VALID,
                                    table.toString(),
                                    constraint.name(),
                                    String.valueOf(PATIENCE)),
                            ending -> isForgotten(ending, table, constraint)));
        });
    }

    /** The constraint that the action leaves behind without having checked the rows. */
    private static Optional<TableConstraint> added(StatementContext context, QualifiedName table) {
        Optional<Table> before = context.before().table(table).value();
        return context.after().table(table).value().stream()
                .flatMap(after -> after.constraints().stream())
                .filter(constraint -> constraint.enforced() && !constraint.isValid())
                .filter(constraint -> before.flatMap(
                                known -> known.constraint(constraint.name()).value())
                        .isEmpty())
                .findFirst();
    }

    private static boolean isForgotten(Ending ending, QualifiedName table, TableConstraint added) {
        return ending.laterMigrations() >= PATIENCE
                && ending.schema()
                        .table(table)
                        .value()
                        .flatMap(known -> known.constraint(added.name()).value())
                        .filter(constraint -> constraint.enforced() && !constraint.isValid())
                        .filter(constraint -> constraint.added().equals(added.added()))
                        .isPresent();
    }
}
