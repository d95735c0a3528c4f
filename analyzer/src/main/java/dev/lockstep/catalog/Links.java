package dev.lockstep.catalog;

import java.util.Collection;
import java.util.Set;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/** Who points to whom, looked up from the far end. Immutable. */
record Links(PMap<QualifiedName, PSet<QualifiedName>> byTarget) {

    static final Links NONE = new Links(HashTreePMap.empty());

    /** Those that point to {@code target}. */
    Set<QualifiedName> to(QualifiedName target) {
        return sources(target);
    }

    private PSet<QualifiedName> sources(QualifiedName target) {
        return byTarget.getOrDefault(target, HashTreePSet.empty());
    }

    /** {@code source} points to {@code targets} now, and no longer to what it pointed to before. */
    Links moved(QualifiedName source, Collection<QualifiedName> before, Collection<QualifiedName> targets) {
        if (before.isEmpty() && targets.isEmpty()) {
            return this;
        }
        PMap<QualifiedName, PSet<QualifiedName>> links = byTarget;
        for (QualifiedName target : before) {
            links = links.plus(target, new Links(links).sources(target).minus(source));
        }
        for (QualifiedName target : targets) {
            links = links.plus(target, new Links(links).sources(target).plus(source));
        }
        return new Links(links);
    }
}
