package dev.lockstep.catalog;

/** Tables, views, indexes and sequences share one namespace. */
public sealed interface Relation extends CatalogObject permits Table, Index, Sequence {

    /** When it was made. */
    Moment created();

    @Override
    default Space space() {
        return Space.RELATION;
    }
}
