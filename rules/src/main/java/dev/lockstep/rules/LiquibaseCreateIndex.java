package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.ChangeSets;
import dev.lockstep.sql.Statement.CreateIndex;
import java.util.List;

/** Liquibase's own change for an index on a table in use. */
final class LiquibaseCreateIndex implements StatementRule {

    private static final Cause BLOCKING = new Cause(
            "blocking",
            Severity.ERROR,
            Hazard.BLOCKING_WORK,
            "Liquibase's createIndex on {0} reads the whole table under {1}, and {2} of {0} wait until the index is built: it"
                    + " can't say CONCURRENTLY.",
            "Write CREATE INDEX CONCURRENTLY in a <sql> change, alone in a changeset with runInTransaction=\"false\".");

    private static final RuleInfo INFO = new RuleInfo(
            "liquibase-create-index",
            "Liquibase's createIndex blocks writes until the index is built",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(),
            List.of(BLOCKING));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof CreateIndex create) || !ChangeSets.isWrittenByTool(create, context)) {
            return;
        }
        QualifiedName table = context.before().resolve(create.table());
        if (context.before().table(table).isAbsent() || !context.isInUse(table)) {
            return;
        }
        context.footprint()
                .blockingWork()
                .ifPresent(lock -> report.report(Hit.at(
                        create.head(),
                        BLOCKING,
                        table.toString(),
                        lock.mode().sql(),
                        lock.mode().blocked())));
    }
}
