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
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement.CreateIndex;
import dev.lockstep.sql.Statement.Drop;
import java.util.List;
import java.util.stream.Stream;

/** A concurrent build that takes the remains of a failed one for the index. */
final class ConcurrentIndexIfNotExists implements StatementRule {

    private static final String ADVICE =
            "DROP INDEX CONCURRENTLY IF EXISTS {0} first, then CREATE INDEX CONCURRENTLY without IF NOT EXISTS.";

    private static final Cause RETRY = new Cause(
            "retry",
            Severity.WARNING,
            Hazard.NONE,
            "If an attempt to build {0} fails, it leaves an INVALID index of that name, and the next one passes over it: IF NOT"
                    + " EXISTS asks for the name alone.",
            ADVICE);

    private static final Cause SECOND_ATTEMPT = new Cause(
            "second-attempt",
            Severity.WARNING,
            Hazard.NONE,
            "An earlier migration builds {0} already: if that failed, an INVALID index of that name is left, and IF NOT EXISTS"
                    + " passes over it; if it succeeded, this does nothing.",
            ADVICE);

    private static final RuleInfo INFO = new RuleInfo(
            "concurrent-index-if-not-exists",
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS passes over the INVALID index of a failed attempt",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of("migrationpilot:MP070"),
            List.of(RETRY, SECOND_ATTEMPT));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof CreateIndex create)
                || !create.concurrently()
                || !create.ifNotExists()
                || create.index().isEmpty()) {
            return;
        }
        QualifiedName table = context.before().resolve(create.table());
        QualifiedName index =
                new QualifiedName(table.schema(), create.index().get().name());
        if (context.isInUse(table) && dropped(context).noneMatch(index::equals)) {
            boolean known = context.before().index(index).value().isPresent();
            report.report(Hit.at(create.head(), known ? SECOND_ATTEMPT : RETRY, index.toString()));
        }
    }

    /** The indexes that the file drops before, if they are there. */
    private static Stream<QualifiedName> dropped(StatementContext context) {
        return context.earlier().stream()
                .filter(earlier -> earlier.statement() instanceof Drop drop && drop.kind() == ObjectKind.INDEX)
                .flatMap(earlier ->
                        ((Drop) earlier.statement()).objects().stream().map(earlier.before()::resolve));
    }
}
