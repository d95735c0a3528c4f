package dev.lockstep.engine;

import dev.lockstep.catalog.QualifiedName;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** How large tables are on the server that the migrations are for. */
public record TableSizes(Map<QualifiedName, Size> byTable) {

    public static final TableSizes UNKNOWN = new TableSizes(Map.of());

    public TableSizes {
        byTable = Map.copyOf(byTable);
    }

    /**
     * A table's size.
     *
     * @param rows as the server estimates; empty if it never looked
     * @param bytes with indexes, TOAST and partitions
     */
    public record Size(OptionalLong rows, long bytes) {}

    Optional<Size> of(QualifiedName table) {
        return Optional.ofNullable(byTable.get(table));
    }
}
