package dev.lockstep.catalog;

/** How old an object is where it is looked at. */
public enum ObjectAge {
    /** Made in the running transaction: nobody else sees it. */
    THIS_TRANSACTION,
    /** Made earlier in the same migration, and committed. */
    THIS_MIGRATION,
    /** Made by an earlier migration of the same deploy. */
    THIS_DEPLOY,
    /** Made by an earlier deploy, or before the given history: in use. */
    BEFORE
}
