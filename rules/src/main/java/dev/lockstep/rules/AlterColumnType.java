package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Expressions;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.Footprint;
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
import dev.lockstep.rules.support.LockTimeout;
import dev.lockstep.rules.support.ValueLoss;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.TypeName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A change of a column's type that has work done on its table, or takes locks on others. */
final class AlterColumnType implements StatementRule {

    private static final String REWRITES =
            " It rewrites {0} and its indexes under {2}, and {3} of {0} wait until every row is written anew.";

    private static final String NEW_COLUMN =
            "Add a column of the new type, let a trigger keep both in step, backfill in batches, and drop the old column once no"
                    + " deployed code uses it.";

    private static final Cause REWRITE = work(
            "rewrite",
            "Changing the type of {0}.{1} rewrites {0} and its indexes under {2}, and {3} of {0} wait until every row is written"
                    + " anew.",
            NEW_COLUMN);

    private static final Cause MAY_NOT_FIT = work(
            "may-not-fit",
            "Changing the type of {0}.{1} fails as soon as a value doesn't fit the new type." + REWRITES,
            "Find the values that don't fit first, and keep new ones out by a CHECK; then " + lower(NEW_COLUMN));

    private static final Cause CUTS_VALUES = work(
            "cuts-values",
            "Changing the type of {0}.{1} rounds or cuts off values that don't fit the new type, for good." + REWRITES,
            NEW_COLUMN);

    private static final Cause DISCARDS_VALUES = work(
            "discards-values",
            "USING puts values into {0}.{1} that don't come from its old ones, which are lost." + REWRITES,
            "If that is meant, add a new column; if not, name {1} in USING.");

    private static final Cause INDEX_REBUILD = work(
            "index-rebuild",
            "The new type keeps the values of {0}.{1}, but an index that names it is built anew under {2}, and {3} of {0} wait until"
                    + " it is built.",
            "Drop that index CONCURRENTLY before, and create it CONCURRENTLY after.");

    private static final Cause CHECK_SCAN = work(
            "check-scan",
            "The new type keeps the values of {0}.{1}, but a CHECK that names it is checked for every row under {2}, and {3} of {0}"
                    + " wait until all are checked.",
            "Drop the CHECK before, and add it again as NOT VALID in the same transaction; VALIDATE it in a later migration.");

    private static final Cause UNKNOWN = new Cause(
            "unknown-type",
            Severity.WARNING,
            Hazard.NONE,
            "The history doesn't show what type {0}.{1} has. Unless it only gets wider, changing it rewrites {0} and its indexes"
                    + " under {2}, and {3} of {0} wait until every row is written anew.",
            NEW_COLUMN);

    private static final Cause REFERENCING_SCAN = work(
            "foreign-key-scan",
            "A foreign key links {0}.{1} with {4}: changing its type checks the key for every row under {2}, and {3} of {4} wait"
                    + " until all are checked.",
            "Drop the foreign key before, and add it again as NOT VALID; VALIDATE it in a later migration.");

    private static final Cause REFERENCING_LOCK = new Cause(
            "foreign-key-lock",
            Severity.WARNING,
            Hazard.BLOCKING_LOCK,
            "A foreign key links {0}.{1} with {4}: changing its type, even to the same, takes {2} on {4} as well, and {3} of {4} wait"
                    + " until the transaction ends.",
            "Set a short lock_timeout and try again when it strikes, and do nothing else in that transaction.");

    private static final RuleInfo INFO = new RuleInfo(
            "alter-column-type",
            "A new type rewrites the table, rebuilds an index or checks a constraint under ACCESS EXCLUSIVE",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "squawk:changing-column-type",
                    "eugene:E5",
                    "pgls:changingColumnType",
                    "pgfence:alter-column-type",
                    "migrationpilot:MP007",
                    "migrationpilot:MP044",
                    "migrationpilot:MP089",
                    "pg-migration-lint:PGM007",
                    "pgsafe:alter-column-type",
                    "pgrubic:US002",
                    "pgrubic:US030",
                    "strong_migrations:change_column",
                    "strong_migrations:change_column_constraint",
                    "atlas:PG301"),
            List.of(
                    REWRITE,
                    MAY_NOT_FIT,
                    CUTS_VALUES,
                    DISCARDS_VALUES,
                    INDEX_REBUILD,
                    CHECK_SCAN,
                    UNKNOWN,
                    REFERENCING_SCAN,
                    REFERENCING_LOCK));

    private static Cause work(String key, String message, String advice) {
        return new Cause(key, Severity.ERROR, Hazard.BLOCKING_WORK, message, advice);
    }

    private static String lower(String sentence) {
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
    }

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(context, AlterAction.AlterColumnType.class, (table, action) -> {
            if (OtherDialect.speaksOf(context, action.type())) {
                return;
            }
            Footprint footprint = context.footprint(action);
            List<RelationLock> locks = BlockedTables.all(context, footprint).toList();
            List<RelationLock> own = locks.stream()
                    .filter(lock -> BlockedTables.isWithin(context.before(), table, lock.relation()))
                    .toList();
            List<RelationLock> others =
                    locks.stream().filter(lock -> !own.contains(lock)).toList();
            own(own).ifPresent(
                            lock -> report.report(hit(action, table, cause(context, table, action, lock), lock, "")));
            others(others)
                    .filter(lock -> lock.work().growsWithTable() || !LockTimeout.guards(context))
                    .ifPresent(lock -> report.report(hit(
                            action,
                            table,
                            lock.work().growsWithTable() ? REFERENCING_SCAN : REFERENCING_LOCK,
                            lock,
                            BlockedTables.list(
                                    others.stream().map(RelationLock::relation).toList()))));
        });
    }

    /** The table or partition that has most to do. */
    private static Optional<RelationLock> own(List<RelationLock> locks) {
        return locks.stream()
                .filter(lock -> lock.work() != Work.NONE)
                .reduce((one, other) -> one.work().greater(other.work()) == one.work() ? one : other);
    }

    private static Optional<RelationLock> others(List<RelationLock> locks) {
        return locks.stream().reduce((one, other) -> one.work().growsWithTable() ? one : other);
    }

    private static Cause cause(
            StatementContext context, QualifiedName table, AlterAction.AlterColumnType action, RelationLock lock) {
        return switch (lock.work()) {
            case REWRITE -> rewrite(context.before(), table, action);
            case INDEX_BUILD -> INDEX_REBUILD;
            case UNKNOWN -> UNKNOWN;
            default -> CHECK_SCAN;
        };
    }

    private static Cause rewrite(Catalog catalog, QualifiedName table, AlterAction.AlterColumnType action) {
        if (action.using()
                .filter(using -> !Expressions.uses(using, action.column()))
                .isPresent()) {
            return DISCARDS_VALUES;
        }
        Optional<TypeName> before = catalog.table(table)
                .flatMap(known -> known.column(action.column()))
                .value()
                .flatMap(Column::type);
        return switch (before.map(type -> ValueLoss.of(type, action.type(), action.using()))
                .orElse(ValueLoss.NONE)) {
            case NONE -> REWRITE;
            case FAILS -> MAY_NOT_FIT;
            case CUTS -> CUTS_VALUES;
        };
    }

    private static Hit hit(
            AlterAction.AlterColumnType action, QualifiedName table, Cause cause, RelationLock lock, String others) {
        return Hit.at(
                action.span(),
                cause,
                table.toString(),
                action.column(),
                lock.mode().sql(),
                lock.mode().blocked(),
                others);
    }
}
