package dev.lockstep.catalog;

import java.util.Set;

/** Whatever has a name of its own in the catalog. */
public sealed interface CatalogObject permits Relation, UserType, Routine, Schema {

    /** PostgreSQL keeps the names of these apart. */
    enum Space {
        RELATION,
        TYPE,
        ROUTINE,
        SCHEMA
    }

    /** @param name a routine's has its argument types in parentheses, a schema's has an empty schema */
    record Id(Space space, QualifiedName name) {

        /** The same in every run, which an enum's own is not. */
        @Override
        public int hashCode() {
            return 31 * name.hashCode() + space.ordinal();
        }
    }

    Space space();

    QualifiedName name();

    default Id id() {
        return new Id(space(), name());
    }

    /** What the object holds on to: whoever drops or renames that must look at this object too. */
    Set<Link> links();

    /** With what it holds on to under a new name. */
    CatalogObject following(Renaming renaming);
}
