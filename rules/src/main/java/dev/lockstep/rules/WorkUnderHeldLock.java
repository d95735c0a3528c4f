package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.RowEstimate;
import dev.lockstep.finding.Related;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.HeldLock;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.BlockedTables;
import dev.lockstep.rules.support.Place;
import dev.lockstep.rules.support.RowVolume;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/** Work that takes long, while the transaction holds a lock that others wait for. */
final class WorkUnderHeldLock implements StatementRule {

    private static final String ADVICE =
            "Commit what takes the lock first, in a migration of its own, and do the work in a later one, where it makes nobody wait.";

    private static final Cause EARLIER_STATEMENT = new Cause(
            "earlier-statement",
            Severity.ERROR,
            Hazard.HELD_LOCK,
            "{0} {1} while this transaction holds {2} on {3}, taken on line {4}: {5} of {3} wait until the transaction ends.",
            ADVICE);

    private static final Cause SAME_STATEMENT = new Cause(
            "same-statement",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "{0} {1} while another action of the same ALTER TABLE holds {2} on {3}: {5} of {3} wait until it is done.",
            ADVICE);

    private static final Cause SLEEP = new Cause(
            "sleep",
            Severity.ERROR,
            Hazard.BLOCKING_LOCK,
            "The transaction sleeps while it holds {2} on {3}, taken on line {4}: {5} of {3} wait all the while.",
            "COMMIT before pg_sleep, in a file that the migration tool runs without a transaction.");

    private static final RuleInfo INFO = new RuleInfo(
            "work-under-held-lock",
            "A backfill, scan or index build runs while its transaction holds a lock that others wait for",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "eugene:E4",
                    "pgls:runningStatementWhileHoldingAccessExclusive",
                    "pgfence:statement-after-access-exclusive",
                    "migrationpilot:MP080",
                    "strong_migrations:validate_foreign_key",
                    "strong_migrations:validate_check_constraint",
                    "django-migration-linter:CREATE_INDEX_EXCLUSIVE"),
            List.of(EARLIER_STATEMENT, SAME_STATEMENT, SLEEP));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        Footprint footprint = context.footprint();
        if (!footprint.allowedInTransactionBlock()) {
            return;
        }
        if (context.statement() instanceof Statement.AlterTable alter
                && alter.actions().size() > 1) {
            checkActions(context, alter, report);
        }
        if (sleeps(context.statement())) {
            context.heldLocks().stream()
                    .filter(held -> BlockedTables.makesOthersWait(context, held.lock()))
                    .findFirst()
                    .ifPresent(held ->
                            report.report(hit(context, Place.of(context.statement()), SLEEP, held.lock(), held)));
        }
        Optional<RelationLock> work = work(context, footprint);
        if (work.isEmpty() || !RowVolume.mayBeLarge(context.statement(), context.before())) {
            return;
        }
        boolean reportedByItself = footprint.blockingWork().isPresent();
        context.heldLocks().stream()
                .filter(held -> BlockedTables.makesOthersWait(context, held.lock()))
                .filter(held -> !reportedByItself || !isBlockedAnyway(footprint, held.lock()))
                .findFirst()
                .ifPresent(held -> report.report(
                        hit(context, Place.of(context.statement()), EARLIER_STATEMENT, work.get(), held)));
    }

    private static boolean sleeps(Statement statement) {
        return statement instanceof Statement.Select select
                && select.query().functions().stream()
                        .anyMatch(function -> function.name().startsWith("pg_sleep"));
    }

    /** An action that scans under a lock of its own that lets others through, beside one whose lock doesn't. */
    private static void checkActions(StatementContext context, Statement.AlterTable alter, Reporter report) {
        for (AlterAction action : alter.actions()) {
            Footprint own = context.footprint(action);
            Optional<RelationLock> work = work(context, own);
            if (work.isEmpty() || own.blockingWork().isPresent()) {
                continue;
            }
            alter.actions().stream()
                    .filter(other -> !other.equals(action))
                    .flatMap(other -> context.footprint(other).locks().stream()
                            .map(lock -> new HeldLock(lock, context.script().source(), other.span())))
                    .filter(held -> BlockedTables.makesOthersWait(context, held.lock()))
                    .findFirst()
                    .ifPresent(held -> report.report(hit(context, action.span(), SAME_STATEMENT, work.get(), held)));
        }
    }

    private static Hit hit(StatementContext context, Span place, Cause cause, RelationLock work, HeldLock held) {
        RelationLock lock = held.lock();
        return new Hit(
                place,
                cause,
                List.of(
                        context.statement() instanceof Statement.AlterTable ? "This action" : "This statement",
                        words(work),
                        lock.mode().sql(),
                        lock.relation().toString(),
                        line(context, held),
                        lock.mode().blocked()),
                List.of(new Related(
                        held.source(), held.takenBy(), "takes " + lock.mode().sql() + " on " + lock.relation())));
    }

    /** A tool may run several files in one transaction. */
    private static String line(StatementContext context, HeldLock held) {
        int line = held.source().position(held.takenBy().start()).line();
        String path = held.source().path();
        return path.equals(context.script().source().path())
                ? String.valueOf(line)
                : line + " of " + path.substring(path.lastIndexOf('/') + 1);
    }

    /** The most the statement does to any relation that may hold many rows. */
    private static Optional<RelationLock> work(StatementContext context, Footprint footprint) {
        return footprint.locks().stream()
                .filter(lock -> lock.work().growsWithTable())
                .filter(lock -> mayBeLarge(context, lock.relation()))
                .reduce((one, other) -> one.work().compareTo(other.work()) >= 0 ? one : other);
    }

    private static boolean mayBeLarge(StatementContext context, QualifiedName relation) {
        return context.isInUse(relation)
                || context.before()
                        .table(relation)
                        .value()
                        .filter(table -> table.rows() == RowEstimate.MANY)
                        .isPresent();
    }

    /** The statement's own lock makes them wait, and another rule says so. */
    private static boolean isBlockedAnyway(Footprint footprint, RelationLock held) {
        return footprint
                .on(held.relation())
                .filter(own -> own.mode().blocksWrites())
                .isPresent();
    }

    private static String words(RelationLock work) {
        String does = switch (work.work()) {
            case INDEX_BUILD -> "builds an index of";
            case REWRITE -> "rewrites";
            case ROWS -> "writes rows of";
            case READ -> "reads";
            default -> "scans";
        };
        return does + " " + work.relation();
    }
}
