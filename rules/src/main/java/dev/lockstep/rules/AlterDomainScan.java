package dev.lockstep.rules;

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
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.TypeStatement.AlterDomain;
import dev.lockstep.sql.TypeStatement.DomainAction;
import java.util.List;

/** A domain's constraint that is checked in every table with a column of it. */
final class AlterDomainScan implements StatementRule {

    private static final String ADVICE =
            "PostgreSQL checks a domain no other way: put the constraint on the columns instead, as a CHECK that is NOT VALID, and"
                    + " VALIDATE that in a later migration.";

    private static final Cause CHECK = scan("check", "Adding a CHECK to domain {0}", ADVICE);

    private static final Cause NOT_NULL = scan("not-null", "Making domain {0} NOT NULL", ADVICE);

    private static final Cause VALIDATE = scan("validate", "Validating a constraint of domain {0}", ADVICE);

    private static final RuleInfo INFO = new RuleInfo(
            "alter-domain-scan",
            "A constraint of a domain is checked in every table that uses it while writers wait",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "squawk:ban-alter-domain-with-add-constraint",
                    "pgfence:ban-alter-domain-with-add-constraint",
                    "migrationpilot:MP043",
                    "pgsafe:add-domain-constraint-without-not-valid",
                    "pgsafe:add-domain-not-null"),
            List.of(CHECK, NOT_NULL, VALIDATE));

    private static Cause scan(String key, String doing, String advice) {
        return new Cause(
                key,
                Severity.ERROR,
                Hazard.BLOCKING_WORK,
                doing + " reads every row of {1}, which uses it, under {2}, and {3} of {1} wait until all are checked.",
                advice);
    }

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof AlterDomain alter)) {
            return;
        }
        List<RelationLock> blocked =
                BlockedTables.duringWork(context, context.footprint()).toList();
        if (!blocked.isEmpty()) {
            report.report(Hit.at(
                    alter.span(),
                    cause(alter.action()),
                    alter.domain().toString(),
                    BlockedTables.list(
                            blocked.stream().map(RelationLock::relation).toList()),
                    blocked.get(0).mode().sql(),
                    blocked.get(0).mode().blocked()));
        }
    }

    private static Cause cause(DomainAction action) {
        if (action instanceof DomainAction.ValidateConstraint) {
            return VALIDATE;
        }
        return action instanceof DomainAction.AddConstraint add && add.constraint() instanceof Constraint.Check
                ? CHECK
                : NOT_NULL;
    }
}
