package dev.lockstep.rules;

import dev.lockstep.finding.Related;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.BlockedTables;
import dev.lockstep.rules.support.Milliseconds;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.Statement.SetParameter;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A timeout that doesn't guard what it was set for. */
final class TimeoutWithoutEffect implements StatementRule {

    private static final String LOCK_TIMEOUT = "lock_timeout";

    private static final String STATEMENT_TIMEOUT = "statement_timeout";

    /** A build that is given more is given time enough. */
    private static final long LONG = 3_600_000;

    private static final Cause OUTSIDE_TRANSACTION = new Cause(
            "outside-transaction",
            Severity.WARNING,
            Hazard.NONE,
            "SET LOCAL {0} has no effect here: there is no transaction, so PostgreSQL warns and leaves the setting as it was.",
            "Use SET, or open a transaction with BEGIN first.");

    private static final Cause OFF = new Cause(
            "off",
            Severity.WARNING,
            Hazard.NONE,
            "lock_timeout is off from here on: the statement on line {0} waits for {1} on {2} as long as it takes, and {3} of {2}"
                    + " queue behind it.",
            "Set lock_timeout to a few seconds, and keep it until the last statement that takes such a lock is done.");

    private static final Cause TOO_LATE = new Cause(
            "too-late",
            Severity.WARNING,
            Hazard.NONE,
            "lock_timeout is set after line {0} waited for {1} on {2} without one, with {3} of {2} queueing behind it.",
            "Set it at the head of the file.");

    private static final Cause CUTS_CONCURRENT_BUILD = new Cause(
            "cuts-concurrent-build",
            Severity.WARNING,
            Hazard.NONE,
            "statement_timeout of {0} cancels the concurrent build on line {1} when it takes longer, and leaves an INVALID index"
                    + " behind.",
            "Set statement_timeout to 0 for the build.");

    private static final RuleInfo INFO = new RuleInfo(
            "timeout-without-effect",
            "A timeout does not guard what it was set for",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of("pgfence:lock-timeout-zero", "pgfence:lock-timeout-after-dangerous-statement"),
            List.of(OUTSIDE_TRANSACTION, OFF, TOO_LATE, CUTS_CONCURRENT_BUILD));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof SetParameter set)) {
            return;
        }
        if (set.local()
                && set.name().endsWith("_timeout")
                && !context.transaction().inBlock()) {
            report.report(Hit.at(set.span(), OUTSIDE_TRANSACTION, set.name()));
        } else if (set.name().equals(LOCK_TIMEOUT)) {
            checkLockTimeout(context, set, report);
        } else if (set.name().equals(STATEMENT_TIMEOUT)) {
            checkStatementTimeout(context, set, report);
        }
    }

    private static void checkLockTimeout(StatementContext context, SetParameter set, Reporter report) {
        boolean guardedBefore = context.earlier().stream().anyMatch(sets(LOCK_TIMEOUT));
        if (isOff(set)) {
            boolean wasAskedFor = !set.values().isEmpty() || guardedBefore;
            context.later().stream()
                    .takeWhile(sets(LOCK_TIMEOUT).negate())
                    .filter(later -> wasAskedFor && blocked(later).findAny().isPresent())
                    .findFirst()
                    .ifPresent(unguarded -> report.report(hit(context, OFF, unguarded)));
        } else if (!guardedBefore) {
            context.earlier().stream()
                    .filter(earlier -> blocked(earlier).findAny().isPresent())
                    .findFirst()
                    .ifPresent(unguarded -> report.report(hit(context, TOO_LATE, unguarded)));
        }
    }

    private static void checkStatementTimeout(StatementContext context, SetParameter set, Reporter report) {
        Optional<Long> limit = set.values().stream()
                .findFirst()
                .flatMap(Milliseconds::of)
                .filter(milliseconds -> milliseconds > 0 && milliseconds < LONG);
        if (limit.isEmpty()) {
            return;
        }
        context.later().stream()
                .takeWhile(sets(STATEMENT_TIMEOUT).negate())
                .filter(TimeoutWithoutEffect::buildsConcurrently)
                .findFirst()
                .ifPresent(build -> report.report(new Hit(
                        set.span(),
                        CUTS_CONCURRENT_BUILD,
                        List.of(set.values().get(0), line(build)),
                        List.of(related(build, "builds an index concurrently")))));
    }

    private static Stream<RelationLock> blocked(StatementContext context) {
        return BlockedTables.all(context, context.footprint());
    }

    private static boolean buildsConcurrently(StatementContext context) {
        return context.statement() instanceof Statement.CreateIndex create && create.concurrently()
                || context.statement() instanceof Statement.Reindex reindex && reindex.concurrently();
    }

    private static Predicate<StatementContext> sets(String name) {
        return context -> context.statement() instanceof SetParameter set
                && (set.name().equals(name) || set.name().equals("all"));
    }

    private static boolean isOff(SetParameter set) {
        return set.values().isEmpty()
                || Milliseconds.of(set.values().get(0))
                        .filter(value -> value == 0)
                        .isPresent();
    }

    private static Hit hit(StatementContext context, Cause cause, StatementContext unguarded) {
        RelationLock lock = blocked(unguarded).findFirst().orElseThrow();
        String takes = lock.mode().sql() + " on " + lock.relation();
        return new Hit(
                context.statement().span(),
                cause,
                List.of(
                        line(unguarded),
                        lock.mode().sql(),
                        lock.relation().toString(),
                        lock.mode().blocked()),
                List.of(related(unguarded, "takes " + takes)));
    }

    private static Related related(StatementContext context, String message) {
        return new Related(context.script().source(), context.place(), message);
    }

    private static String line(StatementContext context) {
        int start = context.place().start();
        return String.valueOf(context.script().source().position(start).line());
    }
}
