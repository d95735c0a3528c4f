package dev.lockstep.cli.report;

import dev.lockstep.cli.user.Printable;
import dev.lockstep.engine.Explanation;
import dev.lockstep.engine.Explanation.ExplainedStatement;
import dev.lockstep.engine.Explanation.ExplainedTransaction;
import dev.lockstep.lock.Failure;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.rule.HeldLock;
import dev.lockstep.text.SourceText;
import java.util.List;
import java.util.stream.Stream;

/** What explanations say in words, the same in every format for people. */
final class ExplanationWords {

    private final SourceText source;
    private final String tool;

    ExplanationWords(Explanation explanation, String tool) {
        this.source = explanation.script().source();
        this.tool = tool;
    }

    /** How the statements are run, and when their locks are let go. */
    String transaction(ExplainedTransaction transaction) {
        return switch (transaction.end()) {
            case STATEMENT -> "no transaction block: each statement commits by itself";
            case COMMIT -> opened(transaction) + "; COMMIT in the file ends it and lets every lock go";
            case ROLLBACK -> opened(transaction) + "; ROLLBACK in the file undoes it and lets every lock go";
            case FILE -> opened(transaction) + "; " + tool + " commits at the end of the file, and lets every lock go";
            case STRING -> opened(transaction) + "; PostgreSQL commits it, and lets every lock go";
            case NEXT_FILE -> opened(transaction) + "; it goes on in the next file, and every lock is held until then";
            case DISCONNECT -> opened(transaction) + "; nothing commits it, so it is undone at the end of the file";
        };
    }

    private String opened(ExplainedTransaction transaction) {
        return switch (transaction.openedBy()) {
            case TOOL ->
                transaction.joins()
                        ? "the transaction of the file before, which goes on"
                        : "one transaction, opened by " + tool;
            case FILE -> "one transaction, opened by BEGIN in the file";
            case STRING -> "one transaction, because " + tool + " sends these statements in one string";
            case NOBODY, CODE -> "no transaction block";
        };
    }

    /** The statement on one line, comments included as they stand. */
    String statement(ExplainedStatement statement) {
        return Printable.of(source.text(statement.span()).strip().replaceAll("\\s+", " "));
    }

    int line(ExplainedStatement statement) {
        return source.position(statement.span().start()).line();
    }

    String held(HeldLock held) {
        String file = held.source().path().equals(source.path())
                ? ""
                : Printable.of(held.source().path()) + " ";
        return "held meanwhile, since " + file + "line "
                + held.source().position(held.takenBy().start()).line() + ": "
                + held.lock().mode().sql() + " on "
                + Printable.of(held.lock().relation().toString()) + ", so its "
                + held.lock().mode().blocked() + " wait";
    }

    static String blocked(ExplainedStatement statement, RelationLock lock) {
        return statement.unseen().contains(lock.relation())
                ? "nobody: it is new"
                : lock.mode().blocked();
    }

    static String failure(Failure failure) {
        String when = failure.when() == Failure.When.ALWAYS
                ? "fails"
                : "fails " + failure.when().words();
        return when + " (" + failure.sqlState() + "): " + failure.message();
    }

    /** Remarks on a statement that stand beside its locks. */
    List<String> remarks(ExplainedStatement statement) {
        return Stream.of(
                        statement.footprint().known()
                                ? Stream.<String>of()
                                : Stream.of("not in the lock model: its locks are unknown"),
                        statement.footprint().failures().stream().map(ExplanationWords::failure),
                        statement.heldDuringWork().stream().map(this::held))
                .flatMap(remarks -> remarks)
                .toList();
    }
}
