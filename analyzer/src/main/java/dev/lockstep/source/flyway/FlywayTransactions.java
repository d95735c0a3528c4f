package dev.lockstep.source.flyway;

import dev.lockstep.source.TransactionRule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Flyway's own decision: it knows some statements that can't run in a transaction, and refuses to mix them with others, unless its settings
 * or the script's say what to do.
 *
 * @param script what the script's own settings say
 */
record FlywayTransactions(boolean mixed, boolean executeInTransaction, Optional<Boolean> script)
        implements TransactionRule {

    static final FlywayTransactions DEFAULT = new FlywayTransactions(false, true, Optional.empty());

    /** The statements that Flyway's PostgreSQL parser recognises; REINDEX and DETACH … CONCURRENTLY are not among them. */
    private static final Pattern NON_TRANSACTIONAL =
            Pattern.compile("(?:CREATE|DROP)(?: UNIQUE)? INDEX CONCURRENTLY\\b.*"
                    + "|(?:CREATE|DROP) (?:DATABASE|TABLESPACE|SUBSCRIPTION)\\b.*"
                    + "|ALTER SYSTEM\\b.*"
                    + "|REINDEX(?: VERBOSE)? (?:SCHEMA|DATABASE|SYSTEM)\\b.*"
                    + "|VACUUM\\b.*"
                    + "|DISCARD ALL\\b.*");

    /** What Flyway passes over between the words at the head of a statement. */
    private static final Pattern BLANKS = Pattern.compile("\\s+|--[^\\n]*|/\\*.*?\\*/|\\([^()]*\\)", Pattern.DOTALL);

    private static final int LONGEST_HEAD = 1_000;

    @Override
    public FileTransaction decide(List<String> statements) {
        if (script.isPresent()) {
            return new FileTransaction(script.get() ? Mode.ONE_TRANSACTION : Mode.AUTOCOMMIT, Optional.empty());
        }
        int alone = 0;
        int first = -1;
        for (int i = 0; i < statements.size(); i++) {
            if (isNonTransactional(statements.get(i))) {
                alone++;
                first = first < 0 ? i : first;
            }
        }
        if (alone > 0 && alone < statements.size() && !mixed && executeInTransaction) {
            return new FileTransaction(
                    Mode.ONE_TRANSACTION,
                    Optional.of(new Refusal(
                            first,
                            "Detected both transactional and non-transactional statements within the same migration")));
        }
        return new FileTransaction(
                alone == 0 && executeInTransaction ? Mode.ONE_TRANSACTION : Mode.AUTOCOMMIT, Optional.empty());
    }

    private static boolean isNonTransactional(String statement) {
        String head = statement.substring(0, Math.min(statement.length(), LONGEST_HEAD));
        String folded = BLANKS.matcher(head)
                .replaceAll(" ")
                .strip()
                .replaceAll(" +", " ")
                .toUpperCase(Locale.ROOT);
        return NON_TRANSACTIONAL.matcher(folded).matches();
    }
}
