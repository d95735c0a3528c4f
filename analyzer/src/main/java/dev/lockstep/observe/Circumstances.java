package dev.lockstep.observe;

/**
 * Where a statement was observed.
 *
 * @param inBlock in a transaction block
 * @param amongOthers with other statements before it in its session, on tables that may be empty: a write may then find no row, and a plan
 *     kept from before opens fewer indexes
 * @param rowsExist the first table of the prediction held a row; asked only when a failure is predicted to depend on that
 * @param failsWithoutRows it fails the same way on empty tables; asked only when a failure is predicted to depend on rows
 */
public record Circumstances(boolean inBlock, boolean amongOthers, boolean rowsExist, boolean failsWithoutRows) {

    /** By itself, in a session of its own, on tables with rows. */
    public static final Circumstances ALONE = new Circumstances(false, false, false, false);
}
