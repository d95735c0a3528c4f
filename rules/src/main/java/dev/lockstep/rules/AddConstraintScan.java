package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.LockMode;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.lock.Work;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.AlterTables;
import dev.lockstep.rules.support.BlockedTables;
import dev.lockstep.sql.AlterAction.AddColumn;
import dev.lockstep.sql.AlterAction.AddConstraint;
import dev.lockstep.sql.Constraint;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/** A constraint that existing rows are checked against while others wait. */
final class AddConstraintScan implements StatementRule {

    private static final String NOT_VALID =
            "Add the constraint as NOT VALID, and VALIDATE it in a later migration: that scan lets reads and writes through.";

    private static final Cause CHECK = new Cause(
            "check",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "Adding a CHECK to {0} reads every row of it under {1}, and {2} of {0} wait until all are checked."
                    + " It fails if a row breaks it.",
            NOT_VALID);

    private static final Cause FOREIGN_KEY = new Cause(
            "foreign-key",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "Adding a foreign key to {0} looks for every row of it in {3} under {1}, and {2} of {4} wait until all are checked."
                    + " It fails if a row has no counterpart.",
            NOT_VALID);

    private static final Cause NOT_NULL = new Cause(
            "not-null",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "Adding a NOT NULL constraint to {0} reads every row of it under {1}, and {2} of {0} wait until all are checked."
                    + " It fails if a row holds a NULL.",
            NOT_VALID);

    private static final Cause COLUMN_CHECK = new Cause(
            "column-check",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "Adding a column with a CHECK to {0} reads every row of it under {1}, and {2} of {0} wait until all are checked.",
            "Add the column first; then the CHECK as NOT VALID, and VALIDATE it in a later migration.");

    private static final Cause COLUMN_FOREIGN_KEY = new Cause(
            "column-foreign-key",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "Adding a column with a default and a foreign key to {0} looks for every row of it in {3} under {1}, and {2} of {0} wait"
                    + " until all are checked.",
            "Add the column first; then the foreign key as NOT VALID, and VALIDATE it in a later migration.");

    private static final RuleInfo INFO = new RuleInfo(
            "add-constraint-scan",
            "A constraint without NOT VALID is checked for every row while readers or writers wait",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "squawk:constraint-missing-not-valid",
                    "squawk:adding-foreign-key-constraint",
                    "eugene:E1",
                    "pgls:constraintMissingNotValid",
                    "pgls:addingForeignKeyConstraint",
                    "pgfence:add-constraint-fk-no-not-valid",
                    "pgfence:add-constraint-check-no-not-valid",
                    "migrationpilot:MP005",
                    "migrationpilot:MP030",
                    "pg-migration-lint:PGM014",
                    "pg-migration-lint:PGM015",
                    "pgsafe:add-fk-without-not-valid",
                    "pgsafe:add-check-without-not-valid",
                    "pgrubic:US012",
                    "pgrubic:US013",
                    "strong_migrations:add_foreign_key",
                    "strong_migrations:add_check_constraint",
                    "strong_migrations:add_reference",
                    "atlas:PG305",
                    "atlas:PG306"),
            List.of(CHECK, FOREIGN_KEY, NOT_NULL, COLUMN_CHECK, COLUMN_FOREIGN_KEY));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(
                context,
                AddConstraint.class,
                (table, action) -> constraint(context, table, action).ifPresent(report::report));
        AlterTables.forEach(context, AddColumn.class, (table, action) -> column(context, table, action, report));
    }

    private static Optional<Hit> constraint(StatementContext context, QualifiedName table, AddConstraint action) {
        Footprint footprint = context.footprint(action);
        if (action.constraint() instanceof Constraint.ForeignKey key) {
            return foreignKey(context, table, footprint, key, action.span());
        }
        boolean notNull = action.constraint() instanceof Constraint.NotNull;
        boolean checks = notNull || action.constraint() instanceof Constraint.Check;
        return BlockedTables.during(Work.SCAN, context, footprint)
                .filter(lock -> checks)
                .map(lock -> hit(action.span(), notNull ? NOT_NULL : CHECK, table, lock, ""));
    }

    /** The rows of a table that was made and filled just now count too: the referenced table waits for their check. */
    private static Optional<Hit> foreignKey(
            StatementContext context, QualifiedName table, Footprint footprint, Constraint.ForeignKey key, Span span) {
        List<RelationLock> blocked =
                BlockedTables.duringWork(context, footprint).toList();
        if (blocked.isEmpty() || !context.mayHoldRows(table)) {
            return Optional.empty();
        }
        LockMode mode = blocked.get(0).mode();
        return Optional.of(Hit.at(
                span,
                FOREIGN_KEY,
                table.toString(),
                mode.sql(),
                mode.blocked(),
                context.before().resolve(key.referenced()).toString(),
                BlockedTables.list(blocked.stream().map(RelationLock::relation).toList())));
    }

    private static void column(StatementContext context, QualifiedName table, AddColumn action, Reporter report) {
        Optional<RelationLock> scan = BlockedTables.during(Work.SCAN, context, context.footprint(action));
        if (scan.isEmpty()) {
            return;
        }
        for (Constraint constraint : action.column().constraints()) {
            if (constraint instanceof Constraint.Check check && check.enforced()) {
                report.report(hit(check.span(), COLUMN_CHECK, table, scan.get(), ""));
            } else if (constraint instanceof Constraint.ForeignKey key
                    && action.column().defaultValue().isPresent()) {
                QualifiedName referenced = context.before().resolve(key.referenced());
                report.report(hit(key.span(), COLUMN_FOREIGN_KEY, table, scan.get(), referenced.toString()));
            }
        }
    }

    private static Hit hit(Span span, Cause cause, QualifiedName table, RelationLock lock, String referenced) {
        return Hit.at(
                span, cause, table.toString(), lock.mode().sql(), lock.mode().blocked(), referenced);
    }
}
