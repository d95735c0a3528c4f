package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.MigrationRule;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rules.support.ChangeSets;
import dev.lockstep.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;

/** Several statements in a changeset that runs without a transaction, of which one can't be run twice. */
final class ChangesetWithoutTransaction implements MigrationRule {

    private static final Cause NOT_REPEATABLE = new Cause(
            "not-repeatable",
            Severity.WARNING,
            Hazard.NONE,
            "This changeset runs without a transaction: if one of its later statements fails, this one stays done, Liquibase records"
                    + " nothing, and the next update fails here.",
            "Give each statement a changeset of its own, or write it so that it can run again (IF NOT EXISTS, IF EXISTS).");

    private static final RuleInfo INFO = new RuleInfo(
            "changeset-without-transaction",
            "Several statements in a Liquibase changeset with runInTransaction=false can't be run again after a failure",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of(),
            List.of(NOT_REPEATABLE));

    /** What fails, or does its work a second time, when it has been done already. */
    private static final Pattern ONCE = Pattern.compile(
            "(?is)(?:create|drop|insert|truncate|alter\\s+\\w+.*\\b(?:add|drop|rename|attach|detach))\\b.*");

    private static final Pattern AGAIN =
            Pattern.compile("(?is).*\\b(?:if\\s+(?:not\\s+)?exists|or\\s+replace|on\\s+conflict)\\b.*");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(MigrationContext context, Reporter report) {
        boolean apart = ChangeSets.transactions(context)
                .filter(transactions -> !transactions.runInTransaction() && !transactions.oneCall())
                .isPresent();
        List<Statement> statements = context.script().statements().stream()
                .filter(statement -> !(statement instanceof Statement.SetParameter))
                .toList();
        if (!apart || statements.size() < 2 || statements.stream().anyMatch(Statement.Transaction.class::isInstance)) {
            return;
        }
        statements.subList(0, statements.size() - 1).stream()
                .filter(statement -> runsOnce(context.script().source().text(statement.span())))
                .findFirst()
                .ifPresent(statement -> report.report(Hit.at(statement.span(), NOT_REPEATABLE)));
    }

    private static boolean runsOnce(String sql) {
        return ONCE.matcher(sql).matches() && !AGAIN.matcher(sql).matches();
    }
}
