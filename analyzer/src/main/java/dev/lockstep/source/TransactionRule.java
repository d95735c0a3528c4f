package dev.lockstep.source;

import dev.lockstep.text.Span;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How a tool runs the statements of one file. */
@FunctionalInterface
public interface TransactionRule {

    TransactionRule AUTOCOMMIT = of(Mode.AUTOCOMMIT, Strings.EACH_ALONE);

    TransactionRule ONE_TRANSACTION = of(Mode.ONE_TRANSACTION, Strings.EACH_ALONE);

    /** The whole file goes to the server at once, with no transaction around it but the one PostgreSQL makes of several statements. */
    TransactionRule ONE_STRING = of(Mode.AUTOCOMMIT, Strings.ALL_TOGETHER);

    /** The whole file goes to the server at once, between BEGIN and COMMIT. */
    TransactionRule ONE_STRING_IN_BLOCK = of(Mode.BEGIN_AND_COMMIT, Strings.ALL_TOGETHER);

    /** The same for every file. */
    static TransactionRule of(Mode mode, Strings strings) {
        return statements -> new FileTransaction(mode, Optional.empty(), strings);
    }

    /** Decides for a file with these statements, given as written. */
    FileTransaction decide(List<String> statements);

    /** How a file is run without the tool's transaction, in words such as {@code for goose, -- +goose NO TRANSACTION above it}. */
    default Optional<String> wayOut() {
        return Optional.empty();
    }

    /** The same, with words for {@link #wayOut()}. */
    default TransactionRule withWayOut(String words) {
        TransactionRule rule = this;
        return new TransactionRule() {
            @Override
            public FileTransaction decide(List<String> statements) {
                return rule.decide(statements);
            }

            @Override
            public Optional<String> wayOut() {
                return Optional.of(words);
            }
        };
    }

    enum Mode {
        /** A driver with autocommit off opens a transaction, and after a COMMIT in the file another one; the tool commits the last. */
        ONE_TRANSACTION,
        /** The tool sends BEGIN, the file, COMMIT; what follows a COMMIT in the file is on its own. */
        BEGIN_AND_COMMIT,
        /** Each string commits by itself unless the file says BEGIN. */
        AUTOCOMMIT
    }

    /**
     * Which statements go to the server in one string. Outside a transaction block PostgreSQL makes one transaction of several statements
     * in a string (manual, 54.2.2.1).
     */
    @FunctionalInterface
    interface Strings {

        Strings EACH_ALONE = (before, statement) -> false;

        Strings ALL_TOGETHER = (before, statement) -> true;

        /** Whether a statement goes in the same string as the one before it; both by their places in the migration's text. */
        boolean together(Span before, Span statement);

        /** Where a string ends inside a statement, which PostgreSQL then gets in pieces; the first such offset. */
        default OptionalInt cutIn(Span statement) {
            return OptionalInt.empty();
        }

        /** Strings that end at these offsets. */
        static Strings endingAt(Collection<Integer> offsets) {
            return new StringEnds(offsets);
        }
    }

    /**
     * The decision.
     *
     * @param refusal why the tool will not run the file at all
     */
    record FileTransaction(Mode mode, Optional<Refusal> refusal, Strings strings) {

        /** Of a tool that sends statement by statement. */
        public FileTransaction(Mode mode, Optional<Refusal> refusal) {
            this(mode, refusal, Strings.EACH_ALONE);
        }
    }

    /**
     * A tool's refusal.
     *
     * @param statement the index of the statement it stumbles over
     * @param reason in the tool's words
     */
    record Refusal(int statement, String reason) {}
}
