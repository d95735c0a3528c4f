package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.BlockedTables;
import dev.lockstep.rules.support.LockTimeout;
import dev.lockstep.rules.support.Place;
import java.util.List;
import java.util.Optional;

/** A lock that others queue behind, waited for without an end. */
final class LockWithoutTimeout implements StatementRule {

    private static final Cause LOCK = new Cause(
            "lock",
            Severity.WARNING,
            Hazard.BLOCKING_LOCK,
            "Without lock_timeout this waits for {0} on {1} as long as it takes, and meanwhile {2} of {1}"
                    + " queue behind it.",
            "SET lock_timeout to a few seconds first, and run the migration again when it gives up.");

    private static final RuleInfo INFO = new RuleInfo(
            "lock-without-timeout",
            "A statement locks out readers or writers, and the file sets no lock_timeout",
            RuleInfo.Category.LOCKING,
            RuleSet.POLICY,
            "0.1",
            List.of(
                    "squawk:require-timeout-settings",
                    "squawk:require-lock-timeout",
                    "eugene:E9",
                    "postgres-language-server:lockTimeoutWarning",
                    "pgfence:missing-lock-timeout",
                    "migrationpilot:MP004",
                    "pgsafe:require-timeout"),
            List.of(LOCK),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (unguarded(context).isPresent()
                && context.earlier().stream()
                        .noneMatch(earlier -> unguarded(earlier).isPresent())) {
            RelationLock lock = unguarded(context).orElseThrow();
            report.report(Hit.at(
                    Place.of(context.statement()),
                    LOCK,
                    lock.mode().sql(),
                    lock.relation().toString(),
                    lock.mode().blocked()));
        }
    }

    private static Optional<RelationLock> unguarded(StatementContext context) {
        return LockTimeout.guards(context)
                ? Optional.empty()
                : BlockedTables.all(context, context.footprint()).findFirst();
    }
}
