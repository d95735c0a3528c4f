package dev.lockstep.lock;

/** What a statement does to a relation while it holds its lock, least first. */
public enum Work {
    /** Nothing that grows with the table: catalog rows only. */
    NONE("nothing"),
    /** Gives it new, empty files, whatever was in the old ones. */
    NEW_FILES("new empty files"),
    /** Reads rows by a query or a sample: some or all, by index or not, as the planner likes. */
    READ("reads rows"),
    /** Reads every row. */
    SCAN("scan"),
    /** Builds an index: of a table, reads every row for one; of an index, writes it anew. */
    INDEX_BUILD("index build"),
    /** Copies its files to another place, unless they are there. */
    COPY("copies its files"),
    /** Writes the whole table anew. */
    REWRITE("rewrite"),
    /** Changes rows one by one: UPDATE, DELETE, INSERT. */
    ROWS("writes rows"),
    /** The history or the model does not tell. */
    UNKNOWN("unknown");

    private final String words;

    Work(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    public Work greater(Work other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Whether it takes longer the larger the table is. */
    public boolean growsWithTable() {
        return this != NONE && this != NEW_FILES && this != UNKNOWN;
    }
}
