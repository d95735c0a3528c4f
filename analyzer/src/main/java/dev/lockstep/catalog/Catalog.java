package dev.lockstep.catalog;

import dev.lockstep.catalog.CatalogObject.Id;
import dev.lockstep.catalog.CatalogObject.Space;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement.Persistence;
import dev.lockstep.sql.TypeName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.OrderedPSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/** The schema as far as the history tells. Immutable; what changes shares everything else with what was. */
public final class Catalog {

    public static final String PUBLIC = "public";

    /** Where temporary relations are, before all other schemas of the search path. */
    public static final String TEMPORARY = "pg_temp";

    private static final Catalog EMPTY =
            new Catalog(HashTreePMap.empty(), HashTreePMap.empty(), HashTreePSet.empty(), SearchPath.DEFAULT, false);

    /** An object and what it holds on to, which takes a walk through all of it to say. */
    private record Entry(CatalogObject object, Set<Link> links) {}

    private final PMap<Id, Entry> objects;
    private final PMap<Link, OrderedPSet<Id>> dependents;
    private final PSet<Id> gone;
    private final SearchPath searchPath;
    private final boolean complete;

    private Catalog(
            PMap<Id, Entry> objects,
            PMap<Link, OrderedPSet<Id>> dependents,
            PSet<Id> gone,
            SearchPath searchPath,
            boolean complete) {
        this.objects = objects;
        this.dependents = dependents;
        this.gone = gone;
        this.searchPath = searchPath;
        this.complete = complete;
    }

    /** Nothing known: every object may exist. */
    public static Catalog empty() {
        return EMPTY;
    }

    /** Whether all there is is known, so that what is not known is absent. */
    public boolean isComplete() {
        return complete;
    }

    /** The schemas an unqualified name is looked up in, first one first. */
    public List<String> searchPath() {
        return searchPath.schemas();
    }

    /** The relation a name means: the first in the search path that is known, else one in its first schema. */
    public QualifiedName resolve(ObjectName name) {
        return resolve(name.schema(), name.name());
    }

    QualifiedName resolve(Optional<String> schema, String name) {
        return find(Space.RELATION, schema, name)
                .orElseGet(() -> new QualifiedName(creationSchema(Persistence.PERMANENT), name));
    }

    /** A known object of the search path; whatever it is when the schema is written. */
    private Optional<QualifiedName> find(Space space, Optional<String> schema, String name) {
        if (schema.isPresent()) {
            return Optional.of(new QualifiedName(schema.get(), name));
        }
        return inSearchPath(name)
                .filter(qualified -> objects.containsKey(new Id(space, qualified)))
                .findFirst();
    }

    private Stream<QualifiedName> inSearchPath(String name) {
        return Stream.concat(Stream.of(TEMPORARY), searchPath.schemas().stream())
                .map(schema -> new QualifiedName(schema, name));
    }

    /** The relation that a CREATE with this name makes. */
    public QualifiedName created(ObjectName name, Persistence persistence) {
        return new QualifiedName(name.schema().orElseGet(() -> creationSchema(persistence)), name.name());
    }

    /** The object, not temporary, that a CREATE with this name makes. */
    public QualifiedName created(ObjectName name) {
        return created(name, Persistence.PERMANENT);
    }

    private String creationSchema(Persistence persistence) {
        if (persistence == Persistence.TEMPORARY) {
            return TEMPORARY;
        }
        return searchPath.schemas().stream()
                .filter(schema -> !gone.contains(new Id(Space.SCHEMA, Schema.named(schema))))
                .findFirst()
                .orElse(PUBLIC);
    }

    /** The type of a column declared so: what a serial stands for, else the type in the schema where it is known. */
    public TypeName columnType(TypeName declared) {
        return declared.isSerial() ? TypeNames.integerOf(declared) : resolve(declared);
    }

    /** The type a name means, in the schema where it is known; one that is neither built in nor known keeps its name. */
    TypeName resolve(TypeName type) {
        return TypeNames.builtIn(type)
                .orElseGet(() -> userType(type)
                        .map(name -> new TypeName(
                                Optional.of(name.schema()),
                                name.name(),
                                type.modifiers(),
                                type.arrayDimensions(),
                                type.setOf(),
                                type.span()))
                        .orElse(type));
    }

    private Optional<QualifiedName> userType(TypeName type) {
        return find(Space.TYPE, type.schema(), type.name()).or(() -> find(Space.RELATION, type.schema(), type.name()));
    }

    /** The name of a type as DDL uses it, known or not. */
    QualifiedName resolveType(ObjectName name) {
        return find(Space.TYPE, name.schema(), name.name()).orElseGet(() -> created(name));
    }

    /** The name, without arguments, of a known function; absent when none of that name is known. */
    Optional<QualifiedName> resolveRoutine(Optional<String> schema, String name) {
        Stream<QualifiedName> candidates =
                schema.isPresent() ? Stream.of(new QualifiedName(schema.get(), name)) : inSearchPath(name);
        return candidates
                .filter(candidate -> dependents.containsKey(new Link(Link.Kind.OVERLOADS, candidate)))
                .findFirst();
    }

    /** The expression with every name in it resolved, so that it means the same under any search path. */
    Expression resolve(Expression expression) {
        return Expressions.rewrite(expression, this::resolvePart);
    }

    private Expression resolvePart(Expression part) {
        if (part instanceof Expression.FunctionCall call) {
            Optional<List<String>> sequence = Expressions.sequenceName(call).filter(name -> !name.isEmpty());
            if (sequence.isPresent() && call.name().equals("nextval")) {
                List<String> parts = sequence.get();
                return Expressions.nextValue(resolve(
                        parts.size() > 1 ? Optional.of(parts.get(parts.size() - 2)) : Optional.empty(),
                        parts.get(parts.size() - 1)));
            }
            return resolveRoutine(call.schema(), call.name())
                    .<Expression>map(routine -> new Expression.FunctionCall(
                            Optional.of(routine.schema()), routine.name(), call.arguments()))
                    .orElse(call);
        }
        return part instanceof Expression.Cast cast ? new Expression.Cast(cast.operand(), resolve(cast.type())) : part;
    }

    public Lookup<Table> table(QualifiedName name) {
        return lookup(new Id(Space.RELATION, name), Table.class);
    }

    public Lookup<Table> table(ObjectName name) {
        return table(resolve(name));
    }

    public Lookup<Index> index(QualifiedName name) {
        return lookup(new Id(Space.RELATION, name), Index.class);
    }

    public Lookup<Index> index(ObjectName name) {
        return index(resolve(name));
    }

    public Lookup<Sequence> sequence(QualifiedName name) {
        return lookup(new Id(Space.RELATION, name), Sequence.class);
    }

    /** A type or domain; built-in types are none of the catalog's. */
    public Lookup<UserType> type(QualifiedName name) {
        return lookup(new Id(Space.TYPE, name), UserType.class);
    }

    /** The type of a column, when the history made it. */
    public Optional<UserType> type(TypeName type) {
        return userType(type).flatMap(name -> type(name).value());
    }

    public Lookup<Schema> schema(String name) {
        return lookup(new Id(Space.SCHEMA, Schema.named(name)), Schema.class);
    }

    /** The known functions and procedures of a name. */
    public List<Routine> routines(ObjectName name) {
        return resolveRoutine(name.schema(), name.name())
                .map(plainName -> dependents(Link.Kind.OVERLOADS, plainName, Routine.class))
                .orElse(List.of());
    }

    private <T extends CatalogObject> Lookup<T> lookup(Id id, Class<T> type) {
        Entry found = objects.get(id);
        if (found != null && type.isInstance(found.object())) {
            return new Lookup.Present<>(type.cast(found.object()));
        }
        return found != null || complete || gone.contains(id) ? new Lookup.Absent<>() : new Lookup.Unknown<>();
    }

    Optional<CatalogObject> object(Id id) {
        return Optional.ofNullable(objects.get(id)).map(Entry::object);
    }

    /** The known indexes of a table, oldest first. */
    public List<Index> indexesOf(QualifiedName table) {
        return dependents(Link.Kind.INDEX_OF, table, Index.class);
    }

    /** The known tables whose parent is {@code table}. */
    public List<Table> childrenOf(QualifiedName table) {
        return dependents(Link.Kind.CHILD_OF, table, Table.class);
    }

    /** The known tables with a foreign key to {@code table}. */
    public List<Table> referencing(QualifiedName table) {
        return dependents(Link.Kind.REFERENCES, table, Table.class);
    }

    /** The known views and materialized views that read a relation. */
    public List<Table> readersOf(QualifiedName relation) {
        return dependents(Link.Kind.READS, relation, Table.class);
    }

    /** The known sequences that belong to a column of {@code table}. */
    public List<Sequence> sequencesOf(QualifiedName table) {
        return dependents(Link.Kind.OWNED_BY, table, Sequence.class);
    }

    /** The known tables with a column of a type, itself or as an array. */
    public List<Table> tablesUsing(QualifiedName type) {
        return dependents(Link.Kind.HAS_TYPE, type, Table.class).stream()
                .filter(table -> table.columns().stream()
                        .anyMatch(column -> column.type()
                                .filter(used -> isNamed(used, type))
                                .isPresent()))
                .toList();
    }

    /** The known typed tables of a composite type. */
    public List<Table> tablesOf(QualifiedName type) {
        return dependents(Link.Kind.OF_TYPE, type, Table.class);
    }

    /** The known composite types with an attribute of a type, itself or as an array. */
    public List<UserType.CompositeType> compositesOver(QualifiedName type) {
        return dependents(Link.Kind.HAS_TYPE, type, UserType.CompositeType.class);
    }

    /** The known domains over a type. */
    public List<UserType.Domain> domainsOver(QualifiedName type) {
        return dependents(Link.Kind.HAS_TYPE, type, UserType.Domain.class);
    }

    static boolean isNamed(TypeName type, QualifiedName name) {
        return type.name().equals(name.name())
                && type.schema().filter(name.schema()::equals).isPresent();
    }

    <T extends CatalogObject> List<T> dependents(Link.Kind kind, QualifiedName target, Class<T> type) {
        return dependents.getOrDefault(new Link(kind, target), OrderedPSet.empty()).stream()
                .flatMap(id -> object(id).stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    public List<Table> tables() {
        return all(Table.class);
    }

    /** All known objects of a class, in no order. */
    public <T extends CatalogObject> List<T> all(Class<T> type) {
        return objects.values().stream()
                .map(Entry::object)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    boolean isRelation(QualifiedName name) {
        return objects.containsKey(new Id(Space.RELATION, name));
    }

    /** Whether any constraint of the schema has the name: then PostgreSQL makes up another for a new one. */
    boolean isConstraint(QualifiedName name) {
        return !dependents
                .getOrDefault(new Link(Link.Kind.NAMES_CONSTRAINT, name), OrderedPSet.empty())
                .isEmpty();
    }

    /** With an object in the place of the one of its name. A table is never below itself, whatever statements PostgreSQL would refuse say. */
    Catalog with(CatalogObject object) {
        Id id = object.id();
        Set<Link> before = links(id);
        CatalogObject entered =
                object instanceof Table table && isBelowItself(table) ? table.withParents(List.of()) : object;
        Set<Link> links = entered.links();
        return new Catalog(
                objects.plus(id, new Entry(entered, links)),
                relinked(id, before, links),
                gone.minus(id),
                searchPath,
                complete);
    }

    private Set<Link> links(Id id) {
        Entry entry = objects.get(id);
        return entry == null ? Set.of() : entry.links();
    }

    private boolean isBelowItself(Table table) {
        Deque<QualifiedName> above = new ArrayDeque<>(table.parents());
        Set<QualifiedName> seen = new HashSet<>();
        while (!above.isEmpty()) {
            QualifiedName name = above.pop();
            if (name.equals(table.name())) {
                return true;
            }
            if (seen.add(name)) {
                table(name).value().map(Table::parents).ifPresent(above::addAll);
            }
        }
        return false;
    }

    /** What is known whichever of the two holds; what they differ in may be either way. */
    @SuppressWarnings("ReferenceEquality") // what both share needs no look at each object; equal ones are met below
    Catalog join(Catalog other) {
        if (objects == other.objects) {
            return this;
        }
        Catalog joined = this;
        boolean same = true;
        for (Id id : HashTreePSet.from(objects.keySet()).plusAll(other.objects.keySet())) {
            Entry mine = objects.get(id);
            Entry theirs = other.objects.get(id);
            if (mine != null && theirs != null && mine.object().equals(theirs.object())) {
                continue;
            }
            if (mine != null
                    && theirs != null
                    && mine.object() instanceof Table table
                    && theirs.object() instanceof Table otherTable) {
                joined = joined.with(table.join(otherTable));
            } else {
                joined = joined.doubting(id);
            }
            same = false;
        }
        return new Catalog(
                joined.objects,
                joined.dependents,
                joined.gone.minusAll(joined.objects.keySet()),
                searchPath,
                complete && other.complete && same);
    }

    /** Without knowing whether the object is there. */
    private Catalog doubting(Id id) {
        return new Catalog(objects.minus(id), relinked(id, links(id), Set.of()), gone.minus(id), searchPath, complete);
    }

    Catalog without(CatalogObject object) {
        return without(object.id());
    }

    Catalog without(Id id) {
        return new Catalog(objects.minus(id), relinked(id, links(id), Set.of()), gone.plus(id), searchPath, complete);
    }

    /** With an object under a new name; nothing else follows. */
    Catalog replacing(CatalogObject old, CatalogObject renamed) {
        return without(old).with(renamed);
    }

    private PMap<Link, OrderedPSet<Id>> relinked(Id id, Set<Link> before, Set<Link> after) {
        PMap<Link, OrderedPSet<Id>> links = dependents;
        for (Link link : before) {
            if (!after.contains(link)) {
                OrderedPSet<Id> rest =
                        links.getOrDefault(link, OrderedPSet.empty()).minus(id);
                links = rest.isEmpty() ? links.minus(link) : links.plus(link, rest);
            }
        }
        for (Link link : after) {
            if (!before.contains(link)) {
                links = links.plus(
                        link, links.getOrDefault(link, OrderedPSet.empty()).plus(id));
            }
        }
        return links;
    }

    /** Changes a table; one that the history has not shown yet is entered as existing first, one that is gone stays gone. */
    Catalog changing(QualifiedName name, UnaryOperator<Table> change) {
        Lookup<Table> found = table(name);
        if (found.isAbsent()) {
            return this;
        }
        return with(change.apply(found.value().orElseGet(() -> Table.existing(name))));
    }

    /** As a new connection sees it: the search path is the default again, and temporary relations are gone. */
    public Catalog inNewSession() {
        Catalog after = withSearchPath(SearchPath.DEFAULT);
        for (Relation relation : dependents(Link.Kind.IN_SCHEMA, Schema.named(TEMPORARY), Relation.class)) {
            after = Removal.relation(after, relation.name());
        }
        return after;
    }

    /** As the end of a transaction leaves it: SET LOCAL is undone, and what was made ON COMMIT DROP is gone. */
    public Catalog atTransactionEnd() {
        Catalog after = this;
        for (QualifiedName table : searchPath.droppedAtCommit()) {
            after = Removal.relation(after, table);
        }
        return after.searchPath.isSession() ? after : after.withSearchPath(after.searchPath.atTransactionEnd());
    }

    Catalog withSearchPath(UnaryOperator<SearchPath> change) {
        return withSearchPath(change.apply(searchPath));
    }

    private Catalog withSearchPath(SearchPath path) {
        return new Catalog(objects, dependents, gone, path, complete);
    }

    Catalog withComplete(boolean isComplete) {
        return new Catalog(objects, dependents, gone, searchPath, isComplete);
    }
}
