package dev.lockstep.catalog;

/** What the history tells about a table's rows. */
public enum RowEstimate {
    /** None since it was made. */
    EMPTY,
    /** A handful, written out in the migration. */
    FEW,
    /** Filled from a query or a copy, or not known: perhaps very many. */
    MANY
}
