package dev.lockstep.rules.support;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.lock.Work;
import dev.lockstep.rule.StatementContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables in use whose readers or writers a statement makes wait. */
public final class BlockedTables {

    private BlockedTables() {}

    /** None where the statement is certain to fail. */
    public static Stream<RelationLock> all(StatementContext context, Footprint footprint) {
        if (Versions.failsOnAll(context, footprint)) {
            return Stream.empty();
        }
        return footprint.locks().stream().filter(lock -> makesOthersWait(context, lock));
    }

    /** Whether it is a lock on a table in use that readers or writers wait for. */
    public static boolean makesOthersWait(StatementContext context, RelationLock lock) {
        return lock.mode().blocksWrites()
                && mayBeTable(context.before(), lock.relation())
                && context.isInUse(lock.relation());
    }

    /** Those locked while work is done that grows with them. */
    public static Stream<RelationLock> duringWork(StatementContext context, Footprint footprint) {
        return all(context, footprint).filter(lock -> lock.work().growsWithTable());
    }

    /** Those locked while this work is done. */
    public static Optional<RelationLock> during(Work work, StatementContext context, Footprint footprint) {
        return all(context, footprint).filter(lock -> lock.work() == work).findFirst();
    }

    /** The tables, but not views, that are locked for a moment though neither they nor what they are part of is {@code named}. */
    public static List<RelationLock> others(StatementContext context, Footprint footprint, List<QualifiedName> named) {
        return all(context, footprint)
                .filter(lock -> !lock.work().growsWithTable() && lock.work() != Work.UNKNOWN)
                .filter(RelationLock::isCertain)
                .filter(lock -> named.stream().noneMatch(table -> isWithin(context.before(), table, lock.relation())))
                .filter(lock -> !isView(context.before(), lock.relation()))
                .toList();
    }

    /** Whether a relation is the table, or a partition or child of it. */
    public static boolean isWithin(Catalog catalog, QualifiedName table, QualifiedName relation) {
        return relation.equals(table)
                || catalog.table(relation).value().stream()
                        .flatMap(known -> known.parents().stream())
                        .anyMatch(parent -> isWithin(catalog, table, parent));
    }

    /** Indexes and sequences are locked with their table, which is what people wait for. */
    private static boolean mayBeTable(Catalog catalog, QualifiedName relation) {
        return catalog.index(relation).value().isEmpty()
                && catalog.sequence(relation).value().isEmpty();
    }

    private static boolean isView(Catalog catalog, QualifiedName relation) {
        return catalog.table(relation)
                .value()
                .filter(known -> known.kind() == Table.Kind.VIEW || known.kind() == Table.Kind.MATERIALIZED_VIEW)
                .isPresent();
    }

    /** Whether the table is known to hold its rows in partitions, and none itself. */
    public static boolean isPartitioned(Catalog catalog, QualifiedName table) {
        return catalog.table(table)
                .value()
                .filter(known -> known.kind() == Table.Kind.PARTITIONED_TABLE)
                .isPresent();
    }

    /** Names as a sentence lists them: {@code a}, {@code a and b}, {@code a, b and c}. */
    public static String list(List<QualifiedName> names) {
        List<String> words =
                names.stream().map(QualifiedName::toString).distinct().toList();
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
