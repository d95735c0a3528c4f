package dev.lockstep.catalog;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A sequence.
 *
 * @param identity whether it is inseparable from its owner, an identity column
 */
public record Sequence(QualifiedName name, Optional<Owner> owner, boolean identity, Moment created)
        implements Relation {

    /** The column that a sequence belongs to, and is dropped with. */
    public record Owner(QualifiedName table, String column) {}

    Sequence withName(QualifiedName newName) {
        return new Sequence(newName, owner, identity, created);
    }

    Sequence withOwner(Optional<Owner> newOwner) {
        return new Sequence(name, newOwner, identity, created);
    }

    @Override
    public Sequence following(Renaming renaming) {
        return withOwner(owner.map(known -> new Owner(renaming.relation(known.table()), known.column())));
    }

    @Override
    public Set<Link> links() {
        Set<Link> links = new HashSet<>();
        Link.toSchema(name, links);
        owner.ifPresent(known -> links.add(new Link(Link.Kind.OWNED_BY, known.table())));
        return links;
    }
}
