package dev.lockstep.catalog;

import java.util.Set;

/** A schema that the history made. */
public record Schema(QualifiedName name, Moment created) implements CatalogObject {

    static QualifiedName named(String schema) {
        return new QualifiedName("", schema);
    }

    @Override
    public Space space() {
        return Space.SCHEMA;
    }

    @Override
    public Schema following(Renaming renaming) {
        return this;
    }

    @Override
    public Set<Link> links() {
        return Set.of();
    }
}
