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
        IN_TRANSACTION_BLOCK("in a transaction block");

        private final String words;

        When(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
