package dev.lockstep.observe;

import dev.lockstep.observe.Look.Entry;
import dev.lockstep.observe.Relations.Relation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The lock entries of one backend, gathered over one or more looks. */
final class LockRecord {

    private final Relations before;
    private final Map<Long, Relation> known;
    private final Set<Entry> entries = new LinkedHashSet<>();

    LockRecord(Relations before) {
        this.before = before;
        this.known = new HashMap<>(before.byId());
    }

    /** Adds entries, and the relations as they are now. */
    void add(Set<Entry> more, Relations now) {
        entries.addAll(more);
        now.byId().forEach(known::putIfAbsent);
    }

    /** The strongest on each relation that existed before; an index that a statement replaces counts: it keeps its name. */
    List<ObservedLock> onExisting() {
        return strongest(relation -> before.find(relation.name()).isPresent());
    }

    List<ObservedLock> onCreated() {
        return strongest(relation -> before.find(relation.name()).isEmpty());
    }

    /** Every mode on every relation. */
    List<ObservedLock> every() {
        return locks(relation -> true)
                .sorted(Comparator.comparing(ObservedLock::relation).thenComparing(ObservedLock::mode))
                .toList();
    }

    private List<ObservedLock> strongest(Predicate<Relation> wanted) {
        Map<String, ObservedLock> byName = new TreeMap<>();
        locks(wanted).forEach(lock -> byName.merge(lock.relation(), lock, ObservedLock::stronger));
        return List.copyOf(byName.values());
    }

    private Stream<ObservedLock> locks(Predicate<Relation> wanted) {
        return entries.stream()
                .flatMap(entry -> Optional.ofNullable(known.get(entry.relation())).filter(wanted).stream()
                        .map(relation -> new ObservedLock(relation.name(), relation.kind(), entry.mode())));
    }
}
