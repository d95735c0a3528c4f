package dev.lockstep.lock;

/**
 * An error that the server raises.
 *
 * @param sqlState five characters, as in the manual's appendix A
 */
public record Failure(String sqlState, When when, String message) {

    public enum When {
        ALWAYS("always"),
        /** When the table holds a row. */
        IF_ROWS_EXIST("if the table holds a row"),
        /** When a row breaks the constraint. */
        IF_A_ROW_VIOLATES("if a row breaks it"),
        IN_TRANSACTION_BLOCK("in a transaction block"),
        /** When the code gets to it. */
        IF_REACHED("if the code gets there"),
        /** When the code gets to it, in a transaction block. */
        IF_REACHED_IN_TRANSACTION_BLOCK("in a transaction block, if the code gets there");

        private final String words;

        When(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        /** Whether it can only happen in a transaction block. */
        public boolean needsTransactionBlock() {
            return this == IN_TRANSACTION_BLOCK || this == IF_REACHED_IN_TRANSACTION_BLOCK;
        }
    }
}
