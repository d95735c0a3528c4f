package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.lock.Failure;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.Versions;
import java.util.List;

/** A form of a statement that the server it is for doesn't know yet. */
final class SyntaxNewerThanTarget implements StatementRule {

    static final String SYNTAX_ERROR = "42601";

    private static final Cause UNKNOWN_SYNTAX = new Cause(
            "unknown-syntax",
            Severity.ERROR,
            Hazard.FAILURE,
            "{0}: the statement is a syntax error{1}.",
            "Write it in a form that the oldest server knows, or wait for the upgrade.");

    private static final RuleInfo INFO = new RuleInfo(
            "syntax-newer-than-target",
            "The statement needs a newer PostgreSQL than the one it is judged for",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of(),
            List.of(UNKNOWN_SYNTAX));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        // Nobody said what version it is for.
        if (context.versions().equals(PgVersion.ALL)) {
            return;
        }
        context.footprint().failures().stream()
                .filter(failure -> failure.when() == Failure.When.ALWAYS)
                .filter(failure -> isOfLaterVersion(context, failure))
                .forEach(failure -> report.report(Hit.at(
                        context.statement().span(),
                        UNKNOWN_SYNTAX,
                        failure.message(),
                        Versions.suffix(context, failure))));
    }

    /** Whether a later version takes what this one calls a syntax error. */
    static boolean isOfLaterVersion(StatementContext context, Failure failure) {
        PgVersion newest = PgVersion.ALL.get(PgVersion.ALL.size() - 1);
        return failure.sqlState().equals(SYNTAX_ERROR)
                && !context.footprint(newest).failures().contains(failure);
    }
}
