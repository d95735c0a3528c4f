package dev.lockstep.rules;

import dev.lockstep.catalog.Index;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement.Reindex;
import java.util.List;
import java.util.Optional;

/** Indexes rebuilt while writers wait, and readers that would use them. */
final class ReindexNotConcurrent implements StatementRule {

    private static final String ADVICE =
            "Use REINDEX … CONCURRENTLY, in a migration of its own that runs outside a transaction.";

    private static final Cause TABLE = new Cause(
            "table",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "REINDEX rebuilds the indexes of {0} under {1} on the table, and {2} of {0} wait until they are built."
                    + " Reads wait too, for the ACCESS EXCLUSIVE lock on each index while it is rebuilt.",
            ADVICE);

    private static final Cause INDEX = new Cause(
            "index",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "REINDEX rebuilds {0} under {1}, and {2} that plan over {0} wait until it is built, as do writes of its table.",
            ADVICE);

    private static final Cause EVERYTHING = new Cause(
            "everything",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "REINDEX {0} rebuilds every index there, each under ACCESS EXCLUSIVE and with SHARE on its table, so that reads and"
                    + " writes of one table after another wait.",
            ADVICE);

    private static final RuleInfo INFO = new RuleInfo(
            "reindex-not-concurrent",
            "REINDEX without CONCURRENTLY blocks writes, and reads by the index, until it is rebuilt",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "squawk:require-concurrent-reindex",
                    "pgls:requireConcurrentReindex",
                    "pgfence:reindex-not-concurrent",
                    "migrationpilot:MP021",
                    "pg-migration-lint:PGM022",
                    "pgsafe:reindex-non-concurrent",
                    "pgrubic:US020"),
            List.of(TABLE, INDEX, EVERYTHING));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Reindex reindex) || reindex.concurrently()) {
            return;
        }
        switch (reindex.target()) {
            case TABLE -> reindex.object().ifPresent(object -> table(context, reindex, object, report));
            case INDEX -> reindex.object().ifPresent(object -> index(context, reindex, object, report));
            case SCHEMA, DATABASE, SYSTEM ->
                report.report(Hit.at(
                        reindex.span(),
                        EVERYTHING,
                        reindex.target().name()
                                + reindex.object().map(object -> " " + object).orElse("")));
        }
    }

    private static void table(StatementContext context, Reindex reindex, ObjectName object, Reporter report) {
        QualifiedName table = context.before().resolve(object);
        if (context.before().table(table).isAbsent() || !context.isInUse(table)) {
            return;
        }
        report(context, reindex, table, TABLE, report);
    }

    private static void index(StatementContext context, Reindex reindex, ObjectName object, Reporter report) {
        QualifiedName index = context.before().resolve(object);
        Optional<QualifiedName> table = context.before().index(index).value().map(Index::table);
        if (context.before().index(index).isAbsent()
                || table.filter(known -> !context.isInUse(known)).isPresent()) {
            return;
        }
        report(context, reindex, index, INDEX, report);
    }

    private static void report(
            StatementContext context, Reindex reindex, QualifiedName relation, Cause cause, Reporter report) {
        context.footprint()
                .blockingWorkOn(relation)
                .ifPresent(lock -> report.report(Hit.at(
                        reindex.span(),
                        cause,
                        relation.toString(),
                        lock.mode().sql(),
                        lock.mode().blocked())));
    }
}
