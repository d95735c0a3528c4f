package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Severity;
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

/** A constraint whose index is built, or whose columns are checked for NULL, while others wait. */
final class AddConstraintIndexBuild implements StatementRule {

    private static final String USING_INDEX =
            "Build the index with CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING INDEX in a later migration.";

    private static final Cause UNIQUE = build("unique", "Adding a UNIQUE constraint to {0}", USING_INDEX);

    private static final Cause PRIMARY_KEY = build(
            "primary-key",
            "Adding a primary key to {0}",
            "Prove the columns NOT NULL first; then build the index with CREATE UNIQUE INDEX CONCURRENTLY, and"
                    + " ADD PRIMARY KEY USING INDEX in a later migration.");

    private static final Cause EXCLUSION = build(
            "exclusion",
            "Adding an exclusion constraint to {0}",
            "PostgreSQL has no way to add one that lets others through: do it while the table is small, or in a maintenance window.");

    private static final Cause COLUMN = build(
            "column",
            "Adding a column that is UNIQUE or a key to {0}",
            "Add the column first; then build the index with CREATE UNIQUE INDEX CONCURRENTLY, and ADD CONSTRAINT … USING INDEX.");

    private static final Cause PARTITIONED = build(
            "partitioned",
            "Adding a key to the partitioned table {0}",
            "Create a unique index ON ONLY {0}, build one on each partition CONCURRENTLY, and ATTACH them: that is unique as well.");

    private static final Cause NULLABLE_KEY = new Cause(
            "nullable-key",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "The primary key of {0} takes in a column that may hold NULL: every row is read under {1}, and {2} of {0} wait until"
                    + " all are checked.",
            "Prove the columns NOT NULL first: add CHECK (… IS NOT NULL) NOT VALID, VALIDATE it in a later migration, then SET NOT NULL.");

    private static final RuleInfo INFO = new RuleInfo(
            "add-constraint-index-build",
            "A UNIQUE, PRIMARY KEY or EXCLUDE constraint builds its index while readers and writers wait",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "squawk:disallowed-unique-constraint",
                    "squawk:adding-serial-primary-key-field",
                    "eugene:E7",
                    "eugene:E8",
                    "eugene:W14",
                    "pgls:disallowUniqueConstraint",
                    "pgls:addingPrimaryKeyConstraint",
                    "pgls:avoidAddingExclusionConstraint",
                    "pgfence:add-constraint-unique",
                    "pgfence:add-pk-without-using-index",
                    "pgfence:add-constraint-exclude",
                    "pgfence:add-pk-using-index",
                    "migrationpilot:MP027",
                    "migrationpilot:MP031",
                    "pg-migration-lint:PGM016",
                    "pg-migration-lint:PGM017",
                    "pg-migration-lint:PGM019",
                    "pgsafe:add-unique-constraint",
                    "pgsafe:add-primary-key-without-index",
                    "pgsafe:add-exclusion-constraint",
                    "pgrubic:US014",
                    "pgrubic:US015",
                    "strong_migrations:add_unique_constraint",
                    "strong_migrations:add_exclusion_constraint",
                    "atlas:PG104",
                    "atlas:PG105",
                    "atlas:PG304"),
            List.of(UNIQUE, PRIMARY_KEY, EXCLUSION, COLUMN, PARTITIONED, NULLABLE_KEY));

    private static Cause build(String key, String adding, String advice) {
        return new Cause(
                key,
                Severity.ERROR,
                Hazard.BLOCKING_WORK,
                adding + " builds its index under {1}, and {2} of {0} wait until it is built.",
                advice);
    }

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(context, AddConstraint.class, (table, action) -> {
            var footprint = context.footprint(action);
            BlockedTables.during(Work.INDEX_BUILD, context, footprint)
                    .ifPresent(lock ->
                            report.report(hit(action.span(), cause(context, table, action.constraint()), table, lock)));
            if (action.constraint() instanceof Constraint.PrimaryKey) {
                BlockedTables.during(Work.SCAN, context, footprint)
                        .ifPresent(lock -> report.report(hit(action.span(), NULLABLE_KEY, table, lock)));
            }
        });
        AlterTables.forEach(
                context,
                AddColumn.class,
                (table, action) -> BlockedTables.during(Work.INDEX_BUILD, context, context.footprint(action))
                        .ifPresent(lock -> report.report(hit(key(action), COLUMN, table, lock))));
    }

    private static Cause cause(StatementContext context, QualifiedName table, Constraint constraint) {
        if (constraint instanceof Constraint.Exclusion) {
            return EXCLUSION;
        }
        if (BlockedTables.isPartitioned(context.before(), table)) {
            return PARTITIONED;
        }
        return constraint instanceof Constraint.PrimaryKey ? PRIMARY_KEY : UNIQUE;
    }

    private static Span key(AddColumn action) {
        return action.column().constraints().stream()
                .filter(constraint ->
                        constraint instanceof Constraint.Unique || constraint instanceof Constraint.PrimaryKey)
                .map(Constraint::span)
                .findFirst()
                .orElse(action.span());
    }

    private static Hit hit(Span span, Cause cause, QualifiedName table, RelationLock lock) {
        return Hit.at(
                span, cause, table.toString(), lock.mode().sql(), lock.mode().blocked());
    }
}
