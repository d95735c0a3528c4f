package dev.lockstep.catalog;

import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/** The schema as far as the history tells. Immutable; what changes shares everything else with what was. */
public final class Catalog {

    public static final String PUBLIC = "public";

    /** Where temporary relations are, before all other schemas of the search path. */
    public static final String TEMPORARY = "pg_temp";

    private static final Catalog EMPTY = new Catalog(
            HashTreePMap.empty(),
            HashTreePMap.empty(),
            Links.NONE,
            Links.NONE,
            Links.NONE,
            HashTreePSet.empty(),
            HashTreePSet.empty(),
            List.of(PUBLIC));

    private final PMap<QualifiedName, Table> tables;
    private final PMap<QualifiedName, Index> indexes;
    private final Links indexesOfTables;
    private final Links children;
    private final Links referencing;
    private final PSet<QualifiedName> temporary;
    private final PSet<QualifiedName> gone;
    private final List<String> searchPath;

    private Catalog(
            PMap<QualifiedName, Table> tables,
            PMap<QualifiedName, Index> indexes,
            Links indexesOfTables,
            Links children,
            Links referencing,
            PSet<QualifiedName> temporary,
            PSet<QualifiedName> gone,
            List<String> searchPath) {
        this.tables = tables;
        this.indexes = indexes;
        this.indexesOfTables = indexesOfTables;
        this.children = children;
        this.referencing = referencing;
        this.temporary = temporary;
        this.gone = gone;
        this.searchPath = searchPath;
    }

    /** Nothing known: every object may exist. */
    public static Catalog empty() {
        return EMPTY;
    }

    /** The schemas an unqualified name is looked up in, first one first. */
    public List<String> searchPath() {
        return searchPath;
    }

    /** The relation or index a name means: the first in the search path that is known, else one in its first schema. */
    public QualifiedName resolve(ObjectName name) {
        return resolve(name.schema(), name.name());
    }

    QualifiedName resolve(Optional<String> schema, String name) {
        if (schema.isPresent()) {
            return new QualifiedName(schema.get(), name);
        }
        return Stream.concat(Stream.of(TEMPORARY), searchPath.stream())
                .map(candidate -> new QualifiedName(candidate, name))
                .filter(qualified -> tables.containsKey(qualified) || indexes.containsKey(qualified))
                .findFirst()
                .orElseGet(() -> new QualifiedName(creationSchema(Statement.Persistence.PERMANENT), name));
    }

    /** The relation that a CREATE with this name makes. */
    QualifiedName created(ObjectName name, Statement.Persistence persistence) {
        return new QualifiedName(name.schema().orElseGet(() -> creationSchema(persistence)), name.name());
    }

    private String creationSchema(Statement.Persistence persistence) {
        if (persistence == Statement.Persistence.TEMPORARY) {
            return TEMPORARY;
        }
        return searchPath.isEmpty() ? PUBLIC : searchPath.get(0);
    }

    public Lookup<Table> table(QualifiedName name) {
        return lookup(tables, name);
    }

    public Lookup<Table> table(ObjectName name) {
        return table(resolve(name));
    }

    public Lookup<Index> index(QualifiedName name) {
        return lookup(indexes, name);
    }

    public Lookup<Index> index(ObjectName name) {
        return index(resolve(name));
    }

    private <T> Lookup<T> lookup(PMap<QualifiedName, T> map, QualifiedName name) {
        T found = map.get(name);
        if (found != null) {
            return new Lookup.Present<>(found);
        }
        return gone.contains(name) ? new Lookup.Absent<>() : new Lookup.Unknown<>();
    }

    /** The known indexes of a table, in no order. */
    public List<Index> indexesOf(QualifiedName table) {
        return indexesOfTables.to(table).stream()
                .flatMap(name -> index(name).value().stream())
                .toList();
    }

    /** The known tables whose parent is {@code table}. */
    public List<Table> childrenOf(QualifiedName table) {
        return tables(children.to(table));
    }

    /** The known tables with a foreign key to {@code table}. */
    public List<Table> referencing(QualifiedName table) {
        return tables(referencing.to(table));
    }

    private List<Table> tables(Collection<QualifiedName> names) {
        return names.stream().flatMap(name -> table(name).value().stream()).toList();
    }

    public Iterable<Table> tables() {
        return tables.values();
    }

    /** Whether a relation or index of the schema, or a constraint of the table, has the name: then PostgreSQL makes up another. */
    boolean isTaken(QualifiedName table, String name) {
        QualifiedName qualified = new QualifiedName(table.schema(), name);
        return tables.containsKey(qualified)
                || indexes.containsKey(qualified)
                || table(table).value().stream()
                        .anyMatch(known -> known.constraint(name).value().isPresent());
    }

    Catalog with(Table table) {
        Optional<Table> before = table(table.name()).value();
        return new Catalog(
                tables.plus(table.name(), table),
                indexes,
                indexesOfTables,
                children.moved(table.name(), before.map(Table::parents).orElse(List.of()), table.parents()),
                referencing.moved(table.name(), before.map(Catalog::references).orElse(List.of()), references(table)),
                table.name().schema().equals(TEMPORARY) ? temporary.plus(table.name()) : temporary,
                gone.minus(table.name()),
                searchPath);
    }

    private static List<QualifiedName> references(Table table) {
        return table.constraints().stream()
                .flatMap(constraint -> constraint.referenced().stream())
                .toList();
    }

    /** Changes a table; one that the history has not shown yet is entered as existing first, one that is gone stays gone. */
    Catalog changing(QualifiedName name, UnaryOperator<Table> change) {
        Lookup<Table> found = table(name);
        if (found.isAbsent()) {
            return this;
        }
        return with(change.apply(found.value().orElseGet(() -> Table.existing(name))));
    }

    Catalog without(QualifiedName name) {
        Optional<Table> before = table(name).value();
        Catalog remaining = new Catalog(
                tables.minus(name),
                indexes,
                indexesOfTables,
                children.moved(name, before.map(Table::parents).orElse(List.of()), List.of()),
                referencing.moved(name, before.map(Catalog::references).orElse(List.of()), List.of()),
                temporary.minus(name),
                gone.plus(name),
                searchPath);
        for (Index index : indexesOf(name)) {
            remaining = remaining.withoutIndex(index.name());
        }
        return remaining;
    }

    Catalog with(Index index) {
        return new Catalog(
                tables,
                indexes.plus(index.name(), index),
                indexesOfTables.moved(index.name(), tableOf(index.name()), List.of(index.table())),
                children,
                referencing,
                temporary,
                gone.minus(index.name()),
                searchPath);
    }

    Catalog withoutIndex(QualifiedName name) {
        return new Catalog(
                tables,
                indexes.minus(name),
                indexesOfTables.moved(name, tableOf(name), List.of()),
                children,
                referencing,
                temporary,
                gone.plus(name),
                searchPath);
    }

    private List<QualifiedName> tableOf(QualifiedName index) {
        return index(index).value().map(Index::table).stream().toList();
    }

    /** As a new connection sees it: the search path is the default again, and temporary tables are gone. */
    public Catalog inNewSession() {
        Catalog after = withSearchPath(List.of(PUBLIC));
        for (QualifiedName name : temporary) {
            after = after.without(name);
        }
        return after;
    }

    public Catalog withSearchPath(List<String> path) {
        return new Catalog(tables, indexes, indexesOfTables, children, referencing, temporary, gone, List.copyOf(path));
    }
}
