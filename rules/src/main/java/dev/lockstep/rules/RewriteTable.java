package dev.lockstep.rules;

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
import dev.lockstep.rules.support.BlockedTables;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.SessionStatement.Cluster;
import dev.lockstep.sql.Statement.AlterTable;
import dev.lockstep.sql.Statement.Vacuum;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/** A table written anew as a whole. */
final class RewriteTable implements StatementRule {

    private static final String PG_REPACK =
            "Use pg_repack or pg_squeeze, which copy the table while it is in use, or a maintenance window.";

    private static final String NEW_TABLE =
            "Make a new table as it is to be, let a trigger keep both in step, copy in batches, and swap their names; or take a"
                    + " maintenance window.";

    private static final Cause VACUUM_FULL = rewrite(
            "vacuum-full", "VACUUM FULL writes", "Plain VACUUM makes the room of dead rows usable again. " + PG_REPACK);

    private static final Cause CLUSTER = rewrite("cluster", "CLUSTER writes", PG_REPACK);

    private static final Cause SET_LOGGED = rewrite("set-logged", "SET LOGGED writes", NEW_TABLE);

    private static final Cause SET_UNLOGGED = rewrite(
            "set-unlogged", "After SET UNLOGGED a crash empties {0}, and replicas can't read it. It writes", NEW_TABLE);

    private static final Cause SET_ACCESS_METHOD = rewrite("set-access-method", "SET ACCESS METHOD writes", NEW_TABLE);

    private static final Cause SET_TABLESPACE = rewrite("set-tablespace", "SET TABLESPACE copies", PG_REPACK);

    private static final Cause SET_EXPRESSION = rewrite(
            "set-expression",
            "SET EXPRESSION of a stored column writes",
            "Add a plain column that a trigger keeps, backfill in batches, and drop the old one once no deployed code uses it.");

    private static final RuleInfo INFO = new RuleInfo(
            "rewrite-table",
            "A table is written anew as a whole under ACCESS EXCLUSIVE",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "squawk:prefer-repack",
                    "pgls:banVacuumFull",
                    "pgfence:vacuum-full",
                    "migrationpilot:MP006",
                    "migrationpilot:MP032",
                    "migrationpilot:MP047",
                    "migrationpilot:MP095",
                    "pg-migration-lint:PGM018",
                    "pg-migration-lint:PGM021",
                    "pgsafe:vacuum-full-cluster",
                    "pgsafe:set-logged-unlogged",
                    "pgsafe:set-access-method",
                    "pgrubic:US017",
                    "pgrubic:US018",
                    "pgrubic:US023",
                    "pgrubic:US024",
                    "pgrubic:US025",
                    "pgrubic:US026"),
            List.of(VACUUM_FULL, CLUSTER, SET_LOGGED, SET_UNLOGGED, SET_ACCESS_METHOD, SET_TABLESPACE, SET_EXPRESSION));

    private static Cause rewrite(String key, String doing, String advice) {
        return new Cause(
                key,
                Severity.ERROR,
                Hazard.BLOCKING_WORK,
                doing + " all of {0} anew under {1}, and {2} of {0} wait until the last row is written.",
                advice);
    }

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.statement() instanceof Vacuum vacuum && vacuum.full()) {
            whole(context, VACUUM_FULL, vacuum.tables().isEmpty(), report);
        } else if (context.statement() instanceof Cluster cluster) {
            whole(context, CLUSTER, cluster.table().isEmpty(), report);
        } else if (context.statement() instanceof AlterTable alter) {
            for (AlterAction action : alter.actions()) {
                cause(action)
                        .flatMap(cause -> rewritten(context, context.footprint(action))
                                .map(lock -> hit(action.span(), cause, moved(context, alter, lock), lock)))
                        .ifPresent(report::report);
            }
        }
    }

    private static void whole(StatementContext context, Cause cause, boolean everything, Reporter report) {
        Span span = context.statement().span();
        if (everything) {
            report.report(Hit.at(span, cause, "every table", "ACCESS EXCLUSIVE", "reads and writes"));
            return;
        }
        BlockedTables.duringWork(context, context.footprint())
                .filter(lock -> lock.work() == Work.REWRITE)
                .map(lock -> hit(span, cause, lock.relation(), lock))
                .forEach(report::report);
    }

    /** Whether a tablespace or an access method is the one it is in already, the history doesn't tell: nobody asks for that. */
    private static Optional<RelationLock> rewritten(StatementContext context, Footprint footprint) {
        return footprint.locks().stream()
                .filter(lock -> lock.mode().blocksReads())
                .filter(lock -> lock.work() == Work.REWRITE || lock.work() == Work.COPY || lock.work() == Work.UNKNOWN)
                .filter(lock -> context.isInUse(lock.relation()))
                .findFirst();
    }

    private static Optional<Cause> cause(AlterAction action) {
        if (action instanceof AlterAction.Plain plain) {
            return switch (plain.kind()) {
                case SET_LOGGED -> Optional.of(SET_LOGGED);
                case SET_UNLOGGED -> Optional.of(SET_UNLOGGED);
                default -> Optional.empty();
            };
        }
        if (action instanceof AlterAction.SetAccessMethod) {
            return Optional.of(SET_ACCESS_METHOD);
        }
        if (action instanceof AlterAction.SetTablespace) {
            return Optional.of(SET_TABLESPACE);
        }
        return action instanceof AlterAction.SetExpression ? Optional.of(SET_EXPRESSION) : Optional.empty();
    }

    /** The relation named, rather than a partition of it. */
    private static QualifiedName moved(StatementContext context, AlterTable alter, RelationLock lock) {
        QualifiedName named = context.before().resolve(alter.table());
        return BlockedTables.isWithin(context.before(), named, lock.relation()) ? named : lock.relation();
    }

    private static Hit hit(Span span, Cause cause, QualifiedName table, RelationLock lock) {
        return Hit.at(
                span, cause, table.toString(), lock.mode().sql(), lock.mode().blocked());
    }
}
