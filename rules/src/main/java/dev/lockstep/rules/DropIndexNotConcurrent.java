package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Index;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement.Drop;
import java.util.List;
import java.util.Optional;

/** An index dropped under a lock on its table that a weaker way avoids. */
final class DropIndexNotConcurrent implements StatementRule {

    private static final Cause BLOCKING = new Cause(
            "blocking",
            Severity.WARNING,
            Hazard.BLOCKING_LOCK,
            "DROP INDEX {0} takes {2} on {1} until the transaction ends, and while it waits for the lock, {3} of {1} queue"
                    + " behind it.",
            "Use DROP INDEX CONCURRENTLY, in a migration of its own that runs outside a transaction.");

    private static final RuleInfo INFO = new RuleInfo(
            "drop-index-not-concurrent",
            "DROP INDEX without CONCURRENTLY locks out readers and writers of its table",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "squawk:require-concurrent-index-deletion",
                    "pgls:requireConcurrentIndexDeletion",
                    "pgfence:drop-index-not-concurrent",
                    "migrationpilot:MP009",
                    "pg-migration-lint:PGM002",
                    "pgsafe:drop-index-non-concurrent",
                    "pgrubic:US019",
                    "strong_migrations:remove_index",
                    "atlas:PG102"),
            List.of(BLOCKING));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Drop drop) || drop.kind() != ObjectKind.INDEX) {
            return;
        }
        for (ObjectName object : drop.objects()) {
            check(context, object, report);
        }
    }

    private static void check(StatementContext context, ObjectName object, Reporter report) {
        QualifiedName name = context.before().resolve(object);
        if (context.before().index(name).isAbsent()) {
            return;
        }
        Optional<QualifiedName> table = context.before().index(name).value().map(Index::table);
        if (table.filter(known -> !context.isInUse(known) || isPartitioned(context.before(), known))
                .isPresent()) {
            return;
        }
        context.footprint(object)
                .on(table.orElse(name))
                .map(RelationLock::mode)
                .filter(mode -> mode.blocksWrites())
                .ifPresent(mode -> report.report(Hit.at(
                        object.span(),
                        BLOCKING,
                        name.toString(),
                        table.map(QualifiedName::toString).orElse("its table"),
                        mode.sql(),
                        mode.blocked())));
    }

    /** The index of a partitioned table can't be dropped CONCURRENTLY. */
    private static boolean isPartitioned(Catalog catalog, QualifiedName table) {
        return catalog.table(table)
                .value()
                .filter(known -> known.kind() == Table.Kind.PARTITIONED_TABLE)
                .isPresent();
    }
}
