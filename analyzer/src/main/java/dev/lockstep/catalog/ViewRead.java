package dev.lockstep.catalog;

import java.util.List;
import java.util.Optional;

/** A relation that a view reads, and the columns it needs of it; absent when they can't be told. */
public record ViewRead(QualifiedName relation, Optional<List<String>> columns) {

    public ViewRead {
        columns = columns.map(List::copyOf);
    }

    /** Whether the column is needed, or may be. */
    public boolean mayUse(String column) {
        return columns.map(known -> known.contains(column)).orElse(true);
    }
}
