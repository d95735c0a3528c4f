package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.RelationLock;
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
import dev.lockstep.sql.AlterAction.DropColumn;
import dev.lockstep.sql.AlterAction.DropConstraint;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement.Drop;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.stream.Stream;

/** A lock on a table that the statement doesn't name. */
final class DropLocksAnotherTable implements StatementRule {

    private static final String TRY_AGAIN =
            "Set a short lock_timeout and try again when it strikes, and do nothing else in that transaction.";

    private static final Cause CONSTRAINT = lock("constraint", "Dropping {0}", TRY_AGAIN);

    private static final Cause COLUMN = lock("column", "Dropping {0}, which a foreign key uses,", TRY_AGAIN);

    private static final Cause TABLE = lock("table", "Dropping {0}, which foreign keys link with others,", TRY_AGAIN);

    private static final Cause PARTITION = lock(
            "partition",
            "Dropping the partition {0}",
            "DETACH PARTITION … CONCURRENTLY first, then drop what is a table by itself.");

    private static final RuleInfo INFO = new RuleInfo(
            "drop-locks-another-table",
            "Dropping a foreign key, or what has one, locks out readers and writers of the other table too",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(),
            List.of(CONSTRAINT, COLUMN, TABLE, PARTITION));

    private static Cause lock(String key, String dropping, String advice) {
        return new Cause(
                key,
                Severity.WARNING,
                Hazard.BLOCKING_LOCK,
                dropping
                        + " takes {2} on {1} as well, which the statement doesn't name, and {3} of {1} wait until the transaction"
                        + " ends.",
                advice);
    }

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(
                context,
                DropConstraint.class,
                (table, action) -> report(
                        context,
                        context.footprint(action),
                        List.of(table),
                        CONSTRAINT,
                        "constraint " + action.name() + " of " + table,
                        action.span(),
                        report));
        AlterTables.forEach(
                context,
                DropColumn.class,
                (table, action) -> report(
                        context,
                        context.footprint(action),
                        List.of(table),
                        COLUMN,
                        table + "." + action.column(),
                        action.span(),
                        report));
        if (context.statement() instanceof Drop drop && drop.kind() == ObjectKind.TABLE) {
            drop.objects().forEach(object -> table(context, drop, object, report));
        }
    }

    /** Tables that refer to the one dropped lose their foreign key with CASCADE, which is a matter of its own. */
    private static void table(StatementContext context, Drop drop, ObjectName object, Reporter report) {
        Catalog before = context.before();
        QualifiedName table = before.resolve(object);
        List<QualifiedName> spared = Stream.concat(
                        drop.objects().stream().map(before::resolve),
                        before.referencing(table).stream().map(Table::name))
                .toList();
        boolean partition =
                before.table(table).value().filter(Table::isPartition).isPresent();
        report(
                context,
                context.footprint(object),
                spared,
                partition ? PARTITION : TABLE,
                table.toString(),
                object.span(),
                report);
    }

    private static void report(
            StatementContext context,
            Footprint footprint,
            List<QualifiedName> spared,
            Cause cause,
            String what,
            Span span,
            Reporter report) {
        List<RelationLock> others = BlockedTables.others(context, footprint, spared);
        if (!others.isEmpty() && !LockTimeout.guards(context)) {
            report.report(Hit.at(
                    span,
                    cause,
                    what,
                    BlockedTables.list(
                            others.stream().map(RelationLock::relation).toList()),
                    others.get(0).mode().sql(),
                    others.get(0).mode().blocked()));
        }
    }
}
