package dev.lockstep.lock;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.sql.AlterAction.AddConstraint;
import dev.lockstep.sql.AlterAction.AttachPartition;
import dev.lockstep.sql.PartitionBound;
import dev.lockstep.sql.PartitionKey;
import dev.lockstep.sql.Statement.CreateTable;
import java.util.List;
import java.util.Optional;

/** What a partitioned table refuses by the way it is partitioned. */
final class BoundRows {

    private BoundRows() {}

    static List<LockRow<?>> rows() {
        return List.of(
                LockRow.of(
                                "create-partition-strategy",
                                CreateTable.class,
                                "CREATE TABLE … PARTITION OF",
                                "sql-createtable")
                        .when(
                                "bounds of another kind than the partitioned table's",
                                situation -> situation.subject().bound().stream()
                                        .anyMatch(bound -> !fits(
                                                bound,
                                                situation.resolve(situation
                                                        .subject()
                                                        .parents()
                                                        .get(0)),
                                                situation)))
                        .fails("42P16", Failure.When.ALWAYS, "the bounds don't fit how the table is partitioned")
                        .sample(World.EVENTS, "CREATE TABLE events_x PARTITION OF events FOR VALUES IN ('2029-01-01')"),
                LockRow.of(
                                "attach-partition-strategy",
                                AttachPartition.class,
                                "ALTER TABLE … ATTACH PARTITION",
                                "sql-altertable")
                        .when(
                                "bounds of another kind than the partitioned table's",
                                situation -> situation.subject().bound().stream()
                                        .anyMatch(bound -> !fits(bound, situation.target(), situation)))
                        .fails("42P16", Failure.When.ALWAYS, "the bounds don't fit how the table is partitioned")
                        .sample(
                                World.CITIES,
                                "ALTER TABLE cities ATTACH PARTITION loose FOR VALUES FROM ('a') TO ('b')"),
                LockRow.of(
                                "key-using-index-partitioned",
                                AddConstraint.class,
                                "ALTER TABLE … USING INDEX",
                                "sql-altertable")
                        .when(
                                "a partitioned table",
                                situation -> situation.isPartitioned()
                                        && ConstraintRows.usedIndex(situation).isPresent())
                        .fails("0A000", Failure.When.ALWAYS, "USING INDEX is not supported on partitioned tables")
                        .sample(World.RESERVED, "ALTER TABLE events ADD CONSTRAINT k UNIQUE USING INDEX events_key"));
    }

    private static boolean fits(PartitionBound bound, QualifiedName parent, Situation<?> situation) {
        Optional<PartitionKey.Strategy> strategy = situation
                .catalog()
                .table(parent)
                .value()
                .flatMap(table -> table.partitioning().key())
                .map(PartitionKey::strategy);
        return strategy.isEmpty()
                || switch (strategy.get()) {
                    case LIST -> bound instanceof PartitionBound.In || bound instanceof PartitionBound.Default;
                    case RANGE -> bound instanceof PartitionBound.FromTo || bound instanceof PartitionBound.Default;
                    case HASH -> bound instanceof PartitionBound.Hash;
                };
    }
}
