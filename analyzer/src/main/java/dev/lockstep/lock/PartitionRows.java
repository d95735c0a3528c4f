package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.ACCESS_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ACCESS_SHARE;
import static dev.lockstep.lock.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.sql.AlterAction.AttachPartition;
import dev.lockstep.sql.AlterAction.DetachPartition;
import dev.lockstep.sql.PartitionBound;
import dev.lockstep.sql.PartitionKey;
import dev.lockstep.sql.Statement.CreateTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Partitions that come and go. */
final class PartitionRows {

    private PartitionRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(create(), attach(), detach());
    }

    private static LockRow.Builder<CreateTable> createRow(String id) {
        return LockRow.of(id, CreateTable.class, "CREATE TABLE … PARTITION OF", "sql-createtable");
    }

    private static Optional<QualifiedName> parent(Situation<CreateTable> situation) {
        boolean exists = situation.subject().ifNotExists() && situation.table().isPresent();
        return situation.subject().bound().isPresent() && !exists
                ? situation.subject().parents().stream().map(situation::resolve).findFirst()
                : Optional.empty();
    }

    private static List<LockRow<?>> create() {
        return List.of(
                createRow("create-partition")
                        .when("", situation -> parent(situation).isPresent())
                        .lock(
                                Role.PARENT,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> parent(situation).stream().toList())
                        .lock(
                                Role.PARENT_INDEXES,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation
                                        .relations()
                                        .indexesOf(parent(situation).stream().toList()))
                        .sample(World.CITIES, "CREATE TABLE cities_x PARTITION OF cities FOR VALUES IN ('x')")
                        .also(World.EVENTS, "CREATE TABLE events_d PARTITION OF events DEFAULT")
                        .also(
                                World.NESTED,
                                "CREATE TABLE e2 PARTITION OF e FOR VALUES FROM ('2028-01-01') TO ('2029-01-01')"
                                        + " PARTITION BY LIST (r)"),
                createRow("create-partition-sequences")
                        .when(
                                "columns of the partitioned table draw from sequences",
                                situation -> parent(situation).isPresent())
                        .lock(Role.SEQUENCES, ACCESS_SHARE, Work.NONE, CreateRows::inheritedSequences)
                        .sample(
                                World.NUMBERED,
                                "CREATE TABLE events_1 PARTITION OF events"
                                        + " FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')"),
                createRow("create-partition-references")
                        .when(
                                "the partitioned table has foreign keys",
                                situation -> parent(situation).isPresent())
                        .lock(
                                Role.REFERENCED,
                                SHARE_ROW_EXCLUSIVE,
                                Work.NONE,
                                situation -> keys(situation, parent(situation))
                                        .flatMap(key -> key.referenced().stream())
                                        .toList())
                        .lock(
                                Role.REFERENCED_INDEX,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> keys(situation, parent(situation))
                                        .flatMap(key -> situation.relations().keyIndexes(key).stream())
                                        .toList())
                        .sample(
                                World.EVENTS,
                                "CREATE TABLE events_3 PARTITION OF events"
                                        + " FOR VALUES FROM ('2026-03-01') TO ('2026-04-01')"),
                createRow("create-partition-default")
                        .when(
                                "there is a default partition",
                                situation -> parent(situation).isPresent())
                        .lock(
                                Role.DEFAULT_PARTITION,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> parent(situation)
                                        .map(parent -> situation.relations().defaultPartition(parent))
                                        .orElse(List.of()))
                        .sample(
                                World.RESERVED,
                                "CREATE TABLE events_3 PARTITION OF events"
                                        + " FOR VALUES FROM ('2027-01-01') TO ('2027-02-01')"),
                createRow("create-partition-default-scan")
                        .when(
                                "there is a default partition, and no validated CHECK keeps such rows out of it",
                                situation -> parent(situation)
                                        .filter(parent -> !isExcluded(
                                                situation,
                                                parent,
                                                situation.subject().bound()))
                                        .isPresent())
                        .work(
                                Role.DEFAULT_PARTITION,
                                Work.SCAN,
                                situation -> parent(situation)
                                        .map(parent -> situation.relations().defaultPartition(parent))
                                        .orElse(List.of()))
                        .fails("23514", Failure.When.IF_A_ROW_VIOLATES, "a row of the default partition belongs here")
                        .sample(
                                World.RESERVED,
                                "CREATE TABLE events_3 PARTITION OF events"
                                        + " FOR VALUES FROM ('2027-12-01') TO ('2028-02-01')")
                        .also(
                                World.DEFAULTED,
                                "CREATE TABLE events_3 PARTITION OF events"
                                        + " FOR VALUES FROM ('2026-03-01') TO ('2026-04-01')",
                                "CREATE TABLE events_3 PARTITION OF events"
                                        + " FOR VALUES FROM ('2027-02-01') TO ('2027-04-01')"));
    }

    private static java.util.stream.Stream<TableConstraint> keys(
            Situation<?> situation, Optional<QualifiedName> table) {
        return table.stream().flatMap(name -> situation.relations().foreignKeysOf(name));
    }

    private static LockRow.Builder<AttachPartition> attachRow(String id) {
        return LockRow.of(id, AttachPartition.class, "ALTER TABLE … ATTACH PARTITION", "sql-altertable");
    }

    private static boolean isTable(Situation<AttachPartition> situation) {
        return situation.subject().bound().isPresent();
    }

    private static QualifiedName attached(Situation<AttachPartition> situation) {
        return situation.resolve(situation.subject().partition());
    }

    private static List<LockRow<?>> attach() {
        return List.of(
                attachRow("attach-partition")
                        .when("", PartitionRows::isTable)
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.PARENT_INDEXES,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.relations().indexesOf(List.of(situation.target())))
                        .lock(
                                Role.PARTITION,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.relations().tree(attached(situation)))
                        .sample(
                                World.BARE,
                                "ALTER TABLE events ATTACH PARTITION proven"
                                        + " FOR VALUES FROM ('2026-04-01') TO ('2026-05-01')")
                        .also(
                                World.CITIES,
                                "ALTER TABLE cities ATTACH PARTITION proven FOR VALUES IN ('se', 'dk')",
                                "ALTER TABLE cities ATTACH PARTITION exact FOR VALUES IN ('se', 'dk')",
                                "ALTER TABLE cities ATTACH PARTITION nonnull FOR VALUES IN ('se', 'dk')"),
                attachRow("attach-unproven-partition")
                        .when(
                                "no validated CHECK proves that its rows belong there",
                                situation -> isTable(situation) && !isProven(situation))
                        .work(
                                Role.PARTITION,
                                Work.SCAN,
                                situation -> situation.relations().tree(attached(situation)))
                        .fails("23514", Failure.When.IF_A_ROW_VIOLATES, "partition constraint is violated by some row")
                        .sample(
                                World.BARE,
                                "ALTER TABLE events ATTACH PARTITION loose"
                                        + " FOR VALUES FROM ('2026-03-01') TO ('2026-04-01')",
                                "ALTER TABLE events ATTACH PARTITION loose"
                                        + " FOR VALUES FROM ('2026-04-01') TO ('2026-05-01')",
                                "ALTER TABLE events ATTACH PARTITION wide"
                                        + " FOR VALUES FROM ('2026-04-01') TO ('2026-05-01')",
                                "ALTER TABLE events ATTACH PARTITION loose DEFAULT")
                        .also(
                                World.CITIES,
                                "ALTER TABLE cities ATTACH PARTITION loose FOR VALUES IN ('se', 'dk')",
                                "ALTER TABLE cities ATTACH PARTITION proven FOR VALUES IN ('se')",
                                "ALTER TABLE cities ATTACH PARTITION nullable FOR VALUES IN ('se', 'dk')",
                                "ALTER TABLE cities ATTACH PARTITION unvalid FOR VALUES IN ('se', 'dk')"),
                attachRow("attach-partition-index")
                        .when(
                                "the partition lacks an index of the partitioned table",
                                situation -> isTable(situation)
                                        && situation.relations().lacksIndex(attached(situation), situation.target()))
                        .work(Role.PARTITION, Work.INDEX_BUILD, situation -> List.of(attached(situation)))
                        .sample(
                                World.DEFAULTED,
                                "ALTER TABLE events ATTACH PARTITION loose"
                                        + " FOR VALUES FROM ('2026-03-01') TO ('2026-04-01')"),
                attachRow("attach-partition-references")
                        .when("the partitioned table has foreign keys that the partition lacks", PartitionRows::isTable)
                        .lock(
                                Role.REFERENCED,
                                SHARE_ROW_EXCLUSIVE,
                                Work.READ,
                                situation -> newKeys(situation)
                                        .flatMap(key -> key.referenced().stream())
                                        .toList())
                        .lock(
                                Role.REFERENCED_INDEX,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> newKeys(situation)
                                        .flatMap(key -> situation.relations().keyIndexes(key).stream())
                                        .toList())
                        .work(
                                Role.PARTITION,
                                Work.SCAN,
                                situation -> newKeys(situation)
                                        .map(key -> attached(situation))
                                        .toList())
                        .sample(
                                World.REFS,
                                "ALTER TABLE events ATTACH PARTITION proven"
                                        + " FOR VALUES FROM ('2026-04-01') TO ('2026-05-01')")
                        .also(
                                World.EVENTS,
                                "ALTER TABLE events ATTACH PARTITION loose"
                                        + " FOR VALUES FROM ('2026-03-01') TO ('2026-04-01')"),
                attachRow("attach-partition-known-references")
                        .when("the partition has the same foreign key as the partitioned table", PartitionRows::isTable)
                        .lock(Role.REFERENCED, ACCESS_EXCLUSIVE, Work.NONE, PartitionRows::knownReferences)
                        .sample(
                                World.REFS,
                                "ALTER TABLE events ATTACH PARTITION ready"
                                        + " FOR VALUES FROM ('2026-04-01') TO ('2026-05-01')"),
                attachRow("attach-partition-default")
                        .when("there is a default partition", PartitionRows::isTable)
                        .lock(
                                Role.DEFAULT_PARTITION,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.relations().defaultPartition(situation.target()))
                        .sample(
                                World.RESERVED,
                                "ALTER TABLE events ATTACH PARTITION loose"
                                        + " FOR VALUES FROM ('2027-03-01') TO ('2028-01-01')"),
                attachRow("attach-partition-default-scan")
                        .when(
                                "there is a default partition, and no validated CHECK keeps such rows out of it",
                                situation -> isTable(situation)
                                        && !isExcluded(
                                                situation,
                                                situation.target(),
                                                situation.subject().bound()))
                        .work(
                                Role.DEFAULT_PARTITION,
                                Work.SCAN,
                                situation -> situation.relations().defaultPartition(situation.target()))
                        .sample(
                                World.RESERVED,
                                "ALTER TABLE events ATTACH PARTITION loose"
                                        + " FOR VALUES FROM ('2026-03-01') TO ('2026-04-01')")
                        .also(
                                World.DEFAULTED,
                                "ALTER TABLE events ATTACH PARTITION loose"
                                        + " FOR VALUES FROM ('2026-03-01') TO ('2026-04-01')"));
    }

    /** Whether the default partitions can hold no row that the bound takes. */
    private static boolean isExcluded(Situation<?> situation, QualifiedName parent, Optional<PartitionBound> bound) {
        Optional<PartitionKey> key = situation
                .catalog()
                .table(parent)
                .value()
                .flatMap(table -> table.partitioning().key());
        return key.isPresent()
                && bound.isPresent()
                && situation.relations().defaultPartition(parent).stream()
                        .allMatch(
                                partition -> new PartitionProof(situation, partition).excludes(key.get(), bound.get()));
    }

    private static java.util.stream.Stream<TableConstraint> newKeys(Situation<AttachPartition> situation) {
        List<QualifiedName> had = situation.relations().referencedBy(attached(situation));
        return keys(situation, Optional.of(situation.target()))
                .filter(key -> key.referenced().filter(had::contains).isEmpty());
    }

    private static List<QualifiedName> knownReferences(Situation<AttachPartition> situation) {
        List<QualifiedName> had = situation.relations().referencedBy(attached(situation));
        return situation.relations().referencedBy(situation.target()).stream()
                .filter(had::contains)
                .toList();
    }

    private static boolean isProven(Situation<AttachPartition> situation) {
        Optional<Table> parent = situation.table();
        Optional<PartitionBound> bound = situation.subject().bound();
        if (bound.isEmpty()) {
            return false;
        }
        return parent.flatMap(table -> table.partitioning().key())
                .filter(key -> new PartitionProof(situation, attached(situation)).proves(key, bound.get()))
                .isPresent();
    }

    private static LockRow.Builder<DetachPartition> detachRow(String id) {
        return LockRow.of(id, DetachPartition.class, "ALTER TABLE … DETACH PARTITION", "sql-altertable");
    }

    private static Predicate<Situation<DetachPartition>> detaches(DetachPartition.Mode mode) {
        return situation -> situation.subject().mode() == mode;
    }

    private static QualifiedName detached(Situation<DetachPartition> situation) {
        return situation.resolve(situation.subject().partition());
    }

    private static LockRow.Builder<DetachPartition> detaching(LockRow.Builder<DetachPartition> row) {
        return row.lock(
                        Role.PARTITION,
                        ACCESS_EXCLUSIVE,
                        Work.NONE,
                        situation -> situation.relations().tree(detached(situation)))
                .lock(
                        Role.PARTITION_INDEXES,
                        ACCESS_EXCLUSIVE,
                        Work.NONE,
                        situation -> situation
                                .relations()
                                .indexesOf(
                                        List.of(detached(situation)),
                                        index -> index.parent().isPresent()))
                .lock(
                        Role.REFERENCED,
                        SHARE_ROW_EXCLUSIVE,
                        Work.NONE,
                        situation -> situation.relations().referencedBy(detached(situation)));
    }

    private static List<LockRow<?>> detach() {
        return List.of(
                detachRow("detach-partition")
                        .when("", detaches(DetachPartition.Mode.PLAIN))
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .with(PartitionRows::detaching)
                        .lock(
                                Role.DEFAULT_PARTITION,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.relations().defaultPartition(situation.target()))
                        .sample(World.EVENTS, "ALTER TABLE events DETACH PARTITION events_1")
                        .also(World.DEFAULTED, "ALTER TABLE events DETACH PARTITION events_1")
                        .also(World.NESTED, "ALTER TABLE e DETACH PARTITION e1"),
                detachRow("detach-partition-concurrently")
                        .when("CONCURRENTLY", detaches(DetachPartition.Mode.CONCURRENTLY))
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .with(PartitionRows::detaching)
                        .notInTransactionBlock()
                        .sample(World.BARE, "ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY")
                        .also(World.REFS, "ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY")
                        .also(World.NESTED, "ALTER TABLE e DETACH PARTITION e1 CONCURRENTLY"),
                detachRow("detach-concurrently-default")
                        .when(
                                "CONCURRENTLY, and there is a default partition",
                                situation -> detaches(DetachPartition.Mode.CONCURRENTLY)
                                                .test(situation)
                                        && !situation
                                                .relations()
                                                .defaultPartition(situation.target())
                                                .isEmpty())
                        .fails(
                                "55000",
                                Failure.When.ALWAYS,
                                "cannot detach partitions concurrently when a default partition exists")
                        .sample(World.DEFAULTED, "ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY"),
                detachRow("detach-partition-finalize")
                        .when("FINALIZE", detaches(DetachPartition.Mode.FINALIZE))
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .lock(Role.PARTITION, ACCESS_EXCLUSIVE, Work.NONE, situation -> List.of(detached(situation)))
                        .fails("55000", Failure.When.IF_A_ROW_VIOLATES, "there is no pending concurrent detach")
                        .sample(World.PENDING, "ALTER TABLE events DETACH PARTITION events_1 FINALIZE")
                        .also(World.BARE, "ALTER TABLE events DETACH PARTITION events_1 FINALIZE"));
    }
}
