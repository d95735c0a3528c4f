package dev.lockstep.catalog;

import dev.lockstep.sql.TypeName;
import java.util.Optional;
import java.util.Set;

/** That an object needs, or belongs to, what is named by {@code target}. */
record Link(Kind kind, QualifiedName target) {

    enum Kind {
        IN_SCHEMA,
        /** An index to its table. */
        INDEX_OF,
        /** A partition's index to the partitioned table's. */
        PART_OF_INDEX,
        /** A partition or heir to the table above it. */
        CHILD_OF,
        /** A foreign key's table to the other table. */
        REFERENCES,
        /** A constraint's table to the index that backs a key, or that a foreign key relies on. */
        RELIES_ON_INDEX,
        /** A view to what it reads. */
        READS,
        /** A sequence to the table that owns it. */
        OWNED_BY,
        /** A default to the sequence it draws from. */
        DRAWS_FROM,
        HAS_TYPE,
        /** A typed table to the composite type it is of. */
        OF_TYPE,
        /** To a function's name, without arguments. */
        CALLS,
        /** A routine to its name without arguments. */
        OVERLOADS,
        /** A table to the name of each of its constraints: PostgreSQL makes up names that are free in the schema. */
        NAMES_CONSTRAINT
    }

    /** The same in every run, which an enum's own is not. */
    @Override
    public int hashCode() {
        return 31 * target.hashCode() + kind.ordinal();
    }

    static void toSchema(QualifiedName name, Set<Link> links) {
        links.add(new Link(Kind.IN_SCHEMA, new QualifiedName("", name.schema())));
    }

    /** A type of a schema we know; built-in types are never dropped. */
    static void toType(TypeName type, Set<Link> links) {
        Optional<String> schema = type.schema().filter(name -> !name.equals(TypeNames.BUILT_IN));
        schema.ifPresent(name -> links.add(new Link(Kind.HAS_TYPE, new QualifiedName(name, type.name()))));
    }
}
