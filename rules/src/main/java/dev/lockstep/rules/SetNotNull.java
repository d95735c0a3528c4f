package dev.lockstep.rules;

import dev.lockstep.catalog.Expressions;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.AlterTables;
import dev.lockstep.sql.AlterAction;
import java.util.List;

/** SET NOT NULL that scans the table, or rests on a scan under the lock of the same transaction. */
final class SetNotNull implements StatementRule {

    private static final Cause UNPROVEN = new Cause(
            "unproven",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "SET NOT NULL on {0}.{1} scans all of {0} under {2}, and {3} of {0} wait until the scan is done."
                    + " It fails if any row holds a NULL.",
            "Add CHECK ({1} IS NOT NULL) NOT VALID, backfill, VALIDATE CONSTRAINT in a later migration, then SET NOT NULL:"
                    + " with the validated CHECK PostgreSQL skips the scan.");

    private static final Cause PROVEN_UNDER_LOCK = new Cause(
            "proven-under-lock",
            Severity.ERROR,
            Hazard.BLOCKING_LOCK,
            "SET NOT NULL on {0}.{1} rests on a CHECK that this same transaction adds and scans {0} for,"
                    + " under the {2} lock that adding it took. Until the transaction ends, {3} of {0} wait.",
            "Commit the CHECK as NOT VALID first, and VALIDATE it in a later migration.");

    private static final RuleInfo INFO = new RuleInfo(
            "set-not-null",
            "SET NOT NULL scans the table under ACCESS EXCLUSIVE unless a validated CHECK proves it",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "squawk:adding-not-nullable-field",
                    "eugene:E2",
                    "pgls:addingNotNullField",
                    "pgfence:alter-column-set-not-null",
                    "migrationpilot:MP002",
                    "pg-migration-lint:PGM013",
                    "pgsafe:set-not-null",
                    "strong_migrations:change_column_null",
                    "atlas:PG303"),
            List.of(UNPROVEN, PROVEN_UNDER_LOCK));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(context, AlterAction.SetNotNull.class, (table, action) -> {
            if (!context.isInUse(table)) {
                return;
            }
            context.footprint(action)
                    .blockingWorkOn(table)
                    .ifPresentOrElse(
                            lock -> report.report(Hit.at(
                                    action.span(),
                                    UNPROVEN,
                                    table.toString(),
                                    action.column(),
                                    lock.mode().sql(),
                                    lock.mode().blocked())),
                            () -> reportScanUnderLock(context, table, action, report));
        });
    }

    private static void reportScanUnderLock(
            StatementContext context, QualifiedName table, AlterAction.SetNotNull action, Reporter report) {
        if (!isProvenUnderLock(context, table, action.column())) {
            return;
        }
        context.footprint(action)
                .on(table)
                .ifPresent(lock -> report.report(Hit.at(
                        action.span(),
                        PROVEN_UNDER_LOCK,
                        table.toString(),
                        action.column(),
                        lock.mode().sql(),
                        lock.mode().blocked())));
    }

    /** Every CHECK that proves it was added, and so scanned for, by this transaction; nothing older proves it. */
    private static boolean isProvenUnderLock(StatementContext context, QualifiedName table, String column) {
        List<TableConstraint> proofs = context.before().table(table).value().stream()
                .flatMap(known -> known.constraints().stream())
                .filter(TableConstraint::isValid)
                .filter(constraint -> constraint
                        .expression()
                        .filter(condition -> Expressions.impliesNotNull(condition, column))
                        .isPresent())
                .toList();
        return !proofs.isEmpty()
                && proofs.stream().allMatch(proof -> proof.added().equals(context.now()));
    }
}
