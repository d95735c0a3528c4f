package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.AlterTables;
import dev.lockstep.rules.support.CertainFailures;
import dev.lockstep.rules.support.Renames;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.AttachedStatement.CreateTrigger.Timing;
import dev.lockstep.sql.AttachedStatement.Event;
import dev.lockstep.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A column dropped while deployed code may still use it. */
final class DropColumn implements StatementRule {

    private static final Cause DEPLOYED = new Cause(
            "deployed",
            Severity.ERROR,
            Hazard.BROKEN_NAME,
            "Dropping {0}.{1} makes every statement of deployed code that names it fail, and loses its data."
                    + " It takes {2} on {0} until the transaction ends.",
            "Deploy code that no longer reads or writes {1} first; then drop it in a later migration, with the comment"
                    + " -- lockstep:deployed and what was deployed.");

    private static final Cause REPLACED = new Cause(
            "replaced",
            Severity.WARNING,
            Hazard.NONE,
            "{0}.{1} is dropped and {3} takes its name: deployed code that names {1} goes on with what {3} holds, and rows that were"
                    + " not copied there have lost their value. It takes {2} on {0} until the transaction ends.",
            "Copy every row, in batches, and keep both columns in step by a trigger, before they change over; drop the trigger in the"
                    + " same transaction. Declare it with the comment -- lockstep:deployed and the reason.");

    private static final Cause RECREATED = new Cause(
            "recreated",
            Severity.ERROR,
            Hazard.NONE,
            "Dropping {0}.{1} loses its data; the column of that name that this transaction adds starts without it. It takes {2} on"
                    + " {0} until the transaction ends.",
            "Change the column by ALTER COLUMN … TYPE, or add its successor under another name and copy the rows first.");

    private static final Cause STILL_REQUIRED = new Cause(
            "still-required",
            Severity.WARNING,
            Hazard.NONE,
            "{0}.{1} is NOT NULL without a default until this drop, so code that can insert a row writes it, and fails from the"
                    + " drop on.",
            "DROP NOT NULL in an earlier migration; then deploy code that leaves {1} out, then drop it.");

    private static final Cause SAME_DEPLOY = new Cause(
            "same-deploy",
            Severity.ERROR,
            Hazard.BROKEN_NAME,
            "{0}.{1} is dropped by the migration that copies it to another column: code deployed before it still uses {1}.",
            "Deploy code that uses the new column first; then drop {1} in a later migration.");

    private static final Cause TAKES_ALONG = new Cause(
            "takes-along",
            Severity.WARNING,
            Hazard.LOST_GUARANTEE,
            "Dropping {0}.{1} also drops {3}, which other columns are part of.",
            "Make what is to replace it first, by CREATE INDEX CONCURRENTLY, or drop it by name.");

    private static final RuleInfo INFO = new RuleInfo(
            "drop-column",
            "A column is dropped while deployed code may still use it",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of(
                    "squawk:ban-drop-column",
                    "pgls:banDropColumn",
                    "pgfence:drop-column",
                    "migrationpilot:MP017",
                    "pg-migration-lint:PGM009",
                    "pgsafe:drop-column",
                    "pgrubic:US001",
                    "strong_migrations:remove_column",
                    "atlas:DS103"),
            List.of(DEPLOYED, REPLACED, RECREATED, STILL_REQUIRED, SAME_DEPLOY, TAKES_ALONG));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(context, AlterAction.DropColumn.class, (table, action) -> {
            boolean gone = context.before()
                    .table(table)
                    .flatMap(known -> known.column(action.column()))
                    .isAbsent();
            boolean fails = CertainFailures.of(context.footprint(action)).isPresent();
            if (gone || fails || !context.isDeployed(table, action.column())) {
                return;
            }
            cause(context, table, action.column())
                    .ifPresent(
                            cause -> report(context, table, action, cause, successor(context, table, action), report));
            String alongside = alongside(context.before(), table, action.column());
            if (!alongside.isEmpty()) {
                report(context, table, action, TAKES_ALONG, alongside, report);
            }
        });
    }

    private static void report(
            StatementContext context,
            QualifiedName table,
            AlterAction.DropColumn action,
            Cause cause,
            String other,
            Reporter report) {
        context.footprint(action)
                .on(table)
                .ifPresent(lock -> report.report(Hit.at(
                        action.span(),
                        cause,
                        table.toString(),
                        action.column(),
                        lock.mode().sql(),
                        other)));
    }

    private static Optional<Cause> cause(StatementContext context, QualifiedName table, String column) {
        if (context.isDeclaredUnused()) {
            return isCopied(context, table, column)
                    ? Optional.of(SAME_DEPLOY)
                    : Optional.of(STILL_REQUIRED).filter(cause -> isRequired(context, table, column));
        }
        String deployed = Renames.columnBefore(context, table, column).orElse(column);
        if (Renames.columnTakingName(context, table, deployed).isPresent()) {
            return Optional.of(REPLACED);
        }
        boolean recreated = context.atTransactionEnd()
                .table(table)
                .flatMap(known -> known.column(column))
                .value()
                .isPresent();
        return Optional.of(recreated ? RECREATED : DEPLOYED);
    }

    /** The column that takes the name of the one dropped. */
    private static String successor(StatementContext context, QualifiedName table, AlterAction.DropColumn action) {
        String deployed = Renames.columnBefore(context, table, action.column()).orElse(action.column());
        return Renames.columnTakingName(context, table, deployed).orElse("");
    }

    /** Whether an UPDATE of this migration reads the column to fill another. */
    private static boolean isCopied(StatementContext context, QualifiedName table, String column) {
        return context.earlier().stream()
                .anyMatch(earlier -> earlier.statement() instanceof Statement.Update update
                        && context.before().resolve(update.table()).equals(table)
                        && !update.columns().contains(column)
                        && update.reads().columns().stream()
                                .anyMatch(read -> read.column().equals(column)));
    }

    private static boolean isRequired(StatementContext context, QualifiedName table, String column) {
        return context.deployed()
                        .table(table)
                        .flatMap(known -> known.column(column))
                        .value()
                        .filter(known -> known.notNull().orElse(false)
                                && known.defaultValue().isEmpty()
                                && !known.identity()
                                && !known.generated())
                        .isPresent()
                && !mayBeFilledByTrigger(context, table);
    }

    private static boolean mayBeFilledByTrigger(StatementContext context, QualifiedName table) {
        return context.deployed().table(table).value().stream()
                .flatMap(known -> known.attached().triggers().stream())
                .anyMatch(trigger -> trigger.enabled()
                        && trigger.timing() == Timing.BEFORE
                        && trigger.events().contains(Event.INSERT));
    }

    /** The indexes and constraints over this and other columns, in words. */
    private static String alongside(Catalog catalog, QualifiedName table, String column) {
        Stream<String> constraints = catalog.table(table).value().stream()
                .flatMap(known -> known.constraints().stream())
                .filter(constraint ->
                        constraint.columns().size() > 1 && constraint.columns().contains(column))
                .map(constraint ->
                        constraint.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + constraint.name());
        Stream<String> indexes = catalog.indexesOf(table).stream()
                .filter(index -> index.keys().size() > 1 && index.uses(column))
                .filter(index -> catalog.table(table).value().stream()
                        .flatMap(known -> known.constraints().stream())
                        .noneMatch(constraint ->
                                constraint.index().filter(index.name()::equals).isPresent()))
                .map(index -> "index " + index.name());
        return Stream.concat(constraints, indexes).collect(Collectors.joining(", "));
    }
}
