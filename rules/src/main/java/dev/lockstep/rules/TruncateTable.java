package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.CertainFailures;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement.Truncate;
import java.util.List;
import java.util.stream.Collectors;

/** All rows of a table in use deleted at once. */
final class TruncateTable implements StatementRule {

    private static final Cause ROWS = new Cause(
            "rows",
            Severity.ERROR,
            Hazard.LOST_ROWS,
            "TRUNCATE deletes every row of {0}, and takes {1} on it: {2} of {0} wait until the transaction ends.",
            "DELETE the rows that are no longer needed, in batches by key.");

    private static final Cause CASCADE = new Cause(
            "cascade",
            Severity.ERROR,
            Hazard.LOST_ROWS,
            "TRUNCATE … CASCADE also deletes every row of {0}, which refer to what it names, and takes {1} on each.",
            "Leave CASCADE away, and name every table that is meant.");

    private static final RuleInfo INFO = new RuleInfo(
            "truncate-table",
            "TRUNCATE deletes every row of a table in use",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of(
                    "squawk:ban-truncate-cascade",
                    "pgls:banTruncate",
                    "pgls:banTruncateCascade",
                    "pgfence:truncate",
                    "pgfence:truncate-cascade",
                    "migrationpilot:MP036",
                    "pg-migration-lint:PGM203",
                    "pg-migration-lint:PGM204",
                    "pgsafe:truncate",
                    "pgrubic:US029"),
            List.of(ROWS, CASCADE));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Truncate truncate)
                || CertainFailures.of(context.footprint()).isPresent()) {
            return;
        }
        List<QualifiedName> named =
                truncate.tables().stream().map(context.before()::resolve).toList();
        for (ObjectName object : truncate.tables()) {
            QualifiedName table = context.before().resolve(object);
            if (isDeployed(context, table)) {
                context.footprint()
                        .on(table)
                        .ifPresent(lock -> report.report(Hit.at(
                                object.span(),
                                ROWS,
                                table.toString(),
                                lock.mode().sql(),
                                lock.mode().blocked())));
            }
        }
        List<RelationLock> others = context.footprint().locks().stream()
                .filter(lock -> truncate.cascade() && !named.contains(lock.relation()))
                .filter(lock -> context.before().table(lock.relation()).value().isPresent())
                .filter(lock -> isDeployed(context, lock.relation()) && !isBelow(context, lock.relation(), named))
                .toList();
        if (!others.isEmpty()) {
            String tables =
                    others.stream().map(lock -> lock.relation().toString()).collect(Collectors.joining(", "));
            report.report(Hit.at(
                    truncate.span(), CASCADE, tables, others.get(0).mode().sql()));
        }
    }

    private static boolean isDeployed(StatementContext context, QualifiedName table) {
        return !context.before().table(table).isAbsent() && context.isDeployed(table);
    }

    /** Whether it is a partition or child of a table that is named. */
    private static boolean isBelow(StatementContext context, QualifiedName table, List<QualifiedName> named) {
        return context.before().table(table).value().stream()
                .flatMap(known -> known.parents().stream())
                .anyMatch(parent -> named.contains(parent) || isBelow(context, parent, named));
    }
}
