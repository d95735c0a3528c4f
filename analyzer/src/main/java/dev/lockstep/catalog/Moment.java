package dev.lockstep.catalog;

/**
 * When something happened in the history: the ordinals of its deploy, migration and transaction.
 *
 * @see ObjectAge
 */
public record Moment(int deploy, int migration, int transaction) {

    /** Before anything in the given history. */
    public static final Moment BEFORE_HISTORY = new Moment(-1, -1, -1);

    /** How old what was made at this moment is {@code now}. */
    public ObjectAge ageAt(Moment now) {
        if (equals(now)) {
            return ObjectAge.THIS_TRANSACTION;
        }
        if (deploy == now.deploy && migration == now.migration) {
            return ObjectAge.THIS_MIGRATION;
        }
        return deploy == now.deploy ? ObjectAge.THIS_DEPLOY : ObjectAge.BEFORE;
    }
}
