package dev.lockstep.catalog;

/** An object's name with its schema: the identity of a relation. */
public record QualifiedName(String schema, String name) {

    /** Without the schema where it is {@code public}, as most people write it. */
    @Override
    public String toString() {
        return schema.equals(Catalog.PUBLIC) ? name : schema + "." + name;
    }
}
