package dev.lockstep.lock;

/** What a statement does to a relation while it holds its lock, least first. */
public enum Work {
    /** Nothing that grows with the table: catalog rows only. */
    NONE,
    /** Reads every row. */
    SCAN,
    /** Reads every row and builds an index. */
    INDEX_BUILD,
    /** Writes the whole table and its indexes anew. */
    REWRITE,
    /** Changes rows one by one: UPDATE, DELETE, INSERT. */
    ROWS,
    /** The history or the model does not tell. */
    UNKNOWN;

    public Work greater(Work other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Whether it takes longer the larger the table is. */
    public boolean growsWithTable() {
        return this == SCAN || this == INDEX_BUILD || this == REWRITE || this == ROWS;
    }
}
