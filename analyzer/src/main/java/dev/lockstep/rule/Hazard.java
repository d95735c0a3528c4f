package dev.lockstep.rule;

/** What a cause claims that the server will show; the examples on rule pages are run and held to it. */
public enum Hazard {
    /** A lock that blocks reads or writes of an existing table while work is done that grows with it. */
    BLOCKING_WORK,
    /** A lock that blocks reads or writes of an existing table, for a moment. */
    BLOCKING_LOCK,
    /** A lock that an earlier statement of the transaction took blocks reads or writes of an existing table while this one works. */
    HELD_LOCK,
    /** Every row of an existing table, or an unknown number, locked and rewritten until the transaction ends. */
    ROW_LOCKS,
    /** The rows of an existing table are gone. */
    LOST_ROWS,
    /** The statement fails. */
    FAILURE,
    /** A name that deployed code uses is gone. */
    BROKEN_NAME,
    /** Something that the server saw to for an existing table, and sees to no longer: a constraint, a trigger, an index, autovacuum, its log. */
    LOST_GUARANTEE,
    /** Something that a query on the system catalogs finds left undone: a constraint not validated, a foreign key without an index. */
    LEFT_UNDONE,
    /** The tool refuses to run the file, or to start. */
    TOOL_REFUSAL,
    /** Nothing that a server could show. */
    NONE
}
