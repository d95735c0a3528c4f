package dev.lockstep.sql;

import java.util.List;

/** {@code PARTITION BY strategy (…)}. */
public record PartitionKey(Strategy strategy, List<Statement.IndexKey> keys) {

    public enum Strategy {
        LIST,
        RANGE,
        HASH
    }

    public PartitionKey {
        keys = List.copyOf(keys);
    }
}
