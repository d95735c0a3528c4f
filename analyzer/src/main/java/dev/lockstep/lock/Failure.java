package dev.lockstep.lock;

/**
 * An error that the server raises.
 *
 * @param sqlState five characters, as in the manual's appendix A
 */
public record Failure(String sqlState, When when, String message) {

    public enum When {
        ALWAYS,
        /** When the table holds a row. */
        IF_ROWS_EXIST,
        /** When a row breaks the constraint. */
        IF_A_ROW_VIOLATES,
        IN_TRANSACTION_BLOCK
    }
}
