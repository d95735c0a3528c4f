package dev.lockstep.catalog;

import java.util.List;
import java.util.Optional;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/**
 * What a session alone knows: the schemas an unqualified name is looked up in, and the tables it made ON COMMIT DROP.
 *
 * @param local the path that SET LOCAL put in its place until the transaction ends
 */
record SearchPath(List<String> session, Optional<List<String>> local, PSet<QualifiedName> droppedAtCommit) {

    static final SearchPath DEFAULT = new SearchPath(List.of(Catalog.PUBLIC), Optional.empty(), HashTreePSet.empty());

    SearchPath {
        session = List.copyOf(session);
        local = local.map(List::copyOf);
    }

    List<String> schemas() {
        return local.orElse(session);
    }

    /** Whether nothing of it ends with the transaction. */
    boolean isSession() {
        return local.isEmpty() && droppedAtCommit.isEmpty();
    }

    SearchPath atTransactionEnd() {
        return new SearchPath(session, Optional.empty(), HashTreePSet.empty());
    }

    SearchPath set(List<String> schemas, boolean untilTransactionEnd) {
        return untilTransactionEnd
                ? new SearchPath(session, Optional.of(schemas), droppedAtCommit)
                : new SearchPath(schemas, Optional.empty(), droppedAtCommit);
    }

    SearchPath droppingAtCommit(QualifiedName table) {
        return new SearchPath(session, local, droppedAtCommit.plus(table));
    }
}
