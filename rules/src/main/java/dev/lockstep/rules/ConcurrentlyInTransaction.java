package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rule.Transaction;
import dev.lockstep.source.TransactionRule.Refusal;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Locale;

/** A statement that PostgreSQL refuses inside a transaction block, inside one. */
final class ConcurrentlyInTransaction implements StatementRule {

    /** What {@link CodeCommitsInTransaction} speaks of. */
    private static final String CODE_COMMITS = "2D000";

    private static final Cause TOOL_TRANSACTION = new Cause(
            "tool-transaction",
            Severity.ERROR,
            Hazard.FAILURE,
            "{0} fails here: the migration tool runs this file in a transaction, and PostgreSQL refuses it there (SQLSTATE"
                    + " 25001).",
            "Give it a file of its own that the tool runs without a transaction; {1}.");

    private static final Cause OWN_BLOCK = new Cause(
            "own-block",
            Severity.ERROR,
            Hazard.FAILURE,
            "{0} fails here: the file has opened a transaction with BEGIN, and PostgreSQL refuses it there (SQLSTATE 25001).",
            "Move it after the COMMIT, or into a file of its own.");

    private static final Cause IN_CODE = new Cause(
            "in-code",
            Severity.ERROR,
            Hazard.FAILURE,
            "{0} fails here: code runs in the transaction of the statement that runs it, and PostgreSQL refuses it there"
                    + " (SQLSTATE 25001).",
            "Write it as a statement of its own, in a file that the tool runs without a transaction.");

    private static final Cause ONE_STRING = new Cause(
            "one-string",
            Severity.ERROR,
            Hazard.FAILURE,
            "{0} fails here: the migration tool sends it in one string with other statements, which PostgreSQL runs as one"
                    + " transaction, and refuses it there (SQLSTATE 25001).",
            "Give it a file of its own.");

    private static final Cause REFUSED_FILE = new Cause(
            "mixed-file",
            Severity.ERROR,
            Hazard.TOOL_REFUSAL,
            "Flyway refuses this whole file, because {0} can't run in a transaction and the other statements want one.",
            "Give it a file of its own, which Flyway then runs without a transaction.");

    private static final RuleInfo INFO = new RuleInfo(
            "concurrently-in-transaction",
            "A statement that can't run inside a transaction block stands in one",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of(
                    "squawk:ban-concurrent-index-creation-in-transaction",
                    "pgls:banConcurrentIndexCreationInTransaction",
                    "pgfence:concurrent-in-transaction",
                    "migrationpilot:MP025",
                    "pg-migration-lint:PGM003",
                    "pgsafe:concurrently-in-transaction",
                    "atlas:PG103"),
            List.of(TOOL_TRANSACTION, OWN_BLOCK, IN_CODE, ONE_STRING, REFUSED_FILE));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        Transaction transaction = context.transaction();
        String words = words(context);
        transaction
                .refusal()
                .map(Refusal::reason)
                .ifPresent(reason -> report.report(Hit.at(place(context.statement()), REFUSED_FILE, words)));
        if (transaction.refusal().isPresent()
                || transaction.fileIsRefused()
                || !transaction.inBlock()
                || context.footprint().allowedInTransactionBlock()
                || context.footprint().failure(CODE_COMMITS).isPresent()) {
            return;
        }
        String file = context.script().source().path();
        Span place = place(context.statement());
        report.report(
                switch (transaction.openedBy()) {
                    case TOOL ->
                        Hit.at(
                                place,
                                TOOL_TRANSACTION,
                                words,
                                context.migration().transactions().wayOut().orElse(forFlyway(file)));
                    case STRING -> Hit.at(place, ONE_STRING, words);
                    case CODE -> Hit.at(place, IN_CODE, words);
                    case FILE, NOBODY -> Hit.at(place, OWN_BLOCK, words);
                });
    }

    private static String forFlyway(String file) {
        return "for Flyway, " + file.substring(file.lastIndexOf('/') + 1) + ".conf with executeInTransaction=false";
    }

    private static Span place(Statement statement) {
        return statement instanceof Statement.CreateIndex create ? create.head() : statement.span();
    }

    private static String words(StatementContext context) {
        Statement statement = context.statement();
        if (statement instanceof Statement.CreateIndex create) {
            return "CREATE INDEX CONCURRENTLY on " + context.before().resolve(create.table());
        }
        if (statement instanceof Statement.Drop drop && drop.concurrently()) {
            return "DROP INDEX CONCURRENTLY "
                    + context.before().resolve(drop.objects().get(0));
        }
        if (statement instanceof Statement.Reindex reindex && reindex.concurrently()) {
            return "REINDEX " + reindex.target() + " CONCURRENTLY"
                    + reindex.object()
                            .map(name -> " " + context.before().resolve(name))
                            .orElse("");
        }
        String text = context.text(statement.span());
        return text.isEmpty() ? "A statement" : text.split("\\s", 2)[0].toUpperCase(Locale.ROOT);
    }
}
