package dev.lockstep.lock;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Index;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Sequence;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.UserType;
import dev.lockstep.catalog.ViewRead;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.TypeName;
import dev.lockstep.text.Span;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What rests on what in a catalog: views on tables, defaults on sequences, columns on types. */
record Dependents(Catalog catalog) {

    private static final Set<String> SEQUENCE_FUNCTIONS = Set.of("nextval", "setval", "currval");

    private static final Span NOWHERE = new Span(0, 0);

    private Relations relations() {
        return new Relations(catalog);
    }

    /** The views that read the relation, directly or through others, with the indexes of those that are materialized. */
    List<QualifiedName> viewsOver(QualifiedName relation) {
        return viewsOver(relation, read -> true);
    }

    /** The same, of the views that read {@code column}. */
    List<QualifiedName> viewsOver(QualifiedName relation, String column) {
        return viewsOver(relation, read -> read.mayUse(column));
    }

    private List<QualifiedName> viewsOver(QualifiedName relation, Predicate<ViewRead> wanted) {
        Set<QualifiedName> found = new LinkedHashSet<>();
        for (Table view : catalog.readersOf(relation)) {
            boolean reads = view.definition().reads().stream()
                    .filter(read -> read.relation().equals(relation))
                    .anyMatch(wanted);
            if (reads && !view.name().equals(relation)) {
                found.add(view.name());
                found.addAll(relations().indexesOf(List.of(view.name())));
                found.addAll(viewsOver(view.name(), read -> true));
            }
        }
        return List.copyOf(found);
    }

    /** What a view reads, directly or through others, and all below that. */
    List<QualifiedName> readByView(QualifiedName view) {
        Set<QualifiedName> found = new LinkedHashSet<>();
        catalog.table(view).value().stream()
                .filter(table -> table.kind() == Table.Kind.VIEW || table.kind() == Table.Kind.MATERIALIZED_VIEW)
                .flatMap(table -> table.definition().reads().stream())
                .map(ViewRead::relation)
                .filter(read -> !read.equals(view))
                .forEach(read -> {
                    found.addAll(relations().tree(read));
                    if (relations().isView(read)) {
                        found.addAll(readByView(read));
                    }
                });
        return List.copyOf(found);
    }

    /** What stands in the way of dropping a relation without CASCADE. */
    Stream<QualifiedName> ofRelation(QualifiedName relation) {
        Stream<QualifiedName> heirs = relations().isPartitioned(relation)
                ? Stream.empty()
                : catalog.childrenOf(relation).stream().map(Table::name);
        Stream<QualifiedName> users = Stream.concat(
                relations().referencing(relation).stream(),
                catalog.readersOf(relation).stream().map(Table::name));
        Stream<QualifiedName> drawing =
                drawingFrom(sequencesOf(List.of(relation))).stream().filter(other -> !other.equals(relation));
        return Stream.of(heirs, users, drawing).flatMap(other -> other);
    }

    /** Whether a foreign key, a view or a default of another table stands in the way of dropping a column without CASCADE. */
    boolean needColumn(QualifiedName table, String column) {
        return !relations().referencingOver(table, column).isEmpty()
                || !viewsOver(table, column).isEmpty()
                || drawingFrom(sequencesOf(table, column)).stream().anyMatch(other -> !other.equals(table));
    }

    boolean isSequence(QualifiedName relation) {
        return catalog.sequence(relation).value().isPresent();
    }

    /** The sequences that belong to columns of the tables. */
    List<QualifiedName> sequencesOf(Collection<QualifiedName> tables) {
        return tables.stream()
                .flatMap(table -> catalog.sequencesOf(table).stream())
                .map(Sequence::name)
                .toList();
    }

    List<QualifiedName> sequencesOf(QualifiedName table, String column) {
        return catalog.sequencesOf(table).stream()
                .filter(sequence -> sequence.owner()
                        .filter(owner -> owner.column().equals(column))
                        .isPresent())
                .map(Sequence::name)
                .toList();
    }

    /** The sequences that a default of the table draws from. */
    List<QualifiedName> sequencesDrawnBy(QualifiedName table) {
        return columns(table)
                .flatMap(column -> column.defaultValue().stream())
                .flatMap(value -> sequencesIn(value).stream())
                .toList();
    }

    /** The sequences that new rows of the table draw from, identity columns' too. */
    List<QualifiedName> sequencesFilling(QualifiedName table) {
        Stream<QualifiedName> identities =
                catalog.sequencesOf(table).stream().filter(Sequence::identity).map(Sequence::name);
        return Stream.concat(sequencesDrawnBy(table).stream(), identities).toList();
    }

    private Stream<Column> columns(QualifiedName table) {
        return catalog.table(table).value().stream().flatMap(known -> known.columns().stream());
    }

    /** The tables with a default that draws from one of the sequences. */
    List<QualifiedName> drawingFrom(List<QualifiedName> sequences) {
        return sequences.isEmpty()
                ? List.of()
                : catalog.tables().stream()
                        .map(Table::name)
                        .filter(table -> sequencesDrawnBy(table).stream().anyMatch(sequences::contains))
                        .toList();
    }

    /** The known sequences that functions within the expression name. */
    List<QualifiedName> sequencesIn(Expression expression) {
        Stream<QualifiedName> own =
                expression instanceof Expression.FunctionCall call && SEQUENCE_FUNCTIONS.contains(call.name())
                        ? call.arguments().stream()
                                .limit(1)
                                .flatMap(argument -> Literals.text(argument).stream())
                                .map(this::sequence)
                                .filter(this::isSequence)
                        : Stream.empty();
        return Stream.concat(own, expression.children().stream().flatMap(child -> sequencesIn(child).stream()))
                .distinct()
                .toList();
    }

    private QualifiedName sequence(String text) {
        List<String> parts = QualifiedName.parts(text);
        if (parts.isEmpty()) {
            return Part.NO_RELATION;
        }
        Optional<String> schema = parts.size() > 1 ? Optional.of(parts.get(parts.size() - 2)) : Optional.empty();
        return catalog.resolve(new ObjectName(schema, parts.get(parts.size() - 1), NOWHERE));
    }

    boolean isCalledByTrigger(QualifiedName function) {
        return !calling(function).isEmpty();
    }

    /** The tables whose triggers call the function. */
    List<QualifiedName> calling(QualifiedName function) {
        return catalog.tables().stream()
                .filter(table -> table.attached().triggers().stream()
                        .anyMatch(trigger -> trigger.function().equals(function)))
                .map(Table::name)
                .toList();
    }

    /** Every relation of a schema, and those outside that are tied to them by foreign keys or views. */
    List<QualifiedName> allIn(String schema) {
        Set<QualifiedName> found = new LinkedHashSet<>();
        for (Table table : catalog.tables()) {
            if (table.name().schema().equals(schema)) {
                found.add(table.name());
                found.addAll(relations().indexesOf(List.of(table.name())));
                found.addAll(sequencesOf(List.of(table.name())));
                found.addAll(relations().referencedBy(table.name()));
                found.addAll(relations().referencing(table.name()));
                found.addAll(viewsOver(table.name()));
            }
        }
        return List.copyOf(found);
    }

    /** The type a name means, where the history made it, else the name itself. */
    QualifiedName typeNamed(QualifiedName name) {
        return Stream.concat(Stream.of(name.schema()), catalog.searchPath().stream())
                .map(schema -> new QualifiedName(schema, name.name()))
                .filter(candidate -> catalog.type(candidate).value().isPresent())
                .findFirst()
                .orElse(name);
    }

    private Optional<UserType.Domain> domain(TypeName type) {
        return catalog.type(type)
                .filter(UserType.Domain.class::isInstance)
                .map(UserType.Domain.class::cast)
                .filter(domain -> type.arrayDimensions() == 0);
    }

    /** Whether values of the type are checked: by NOT NULL or CHECK of the domain or of one it is made from, valid or not. */
    boolean isConstrainedDomain(TypeName type) {
        return domain(type)
                .filter(domain ->
                        domain.notNull() || !domain.constraints().isEmpty() || isConstrainedDomain(domain.base()))
                .isPresent();
    }

    boolean isRequiredDomain(TypeName type) {
        return domain(type)
                .filter(domain -> domain.notNull() || isRequiredDomain(domain.base()))
                .isPresent();
    }

    /** The type itself, or what its domain is made from; absent when it is neither built in nor known. */
    Optional<TypeName> baseType(TypeName type) {
        Optional<UserType.Domain> domain = domain(type);
        if (domain.isPresent()) {
            return baseType(domain.get().base());
        }
        return catalog.type(type).isPresent() || TypeChange.isBuiltIn(type) ? Optional.of(type) : Optional.empty();
    }

    boolean isComposite(QualifiedName type) {
        return catalog.type(type)
                .value()
                .filter(UserType.CompositeType.class::isInstance)
                .isPresent();
    }

    /** The tables with columns of the type, or of a domain over it. */
    List<QualifiedName> usersOfType(QualifiedName type) {
        Stream<QualifiedName> users = catalog.tablesUsing(type).stream()
                .filter(table -> table.kind() != Table.Kind.VIEW)
                .map(Table::name);
        Stream<QualifiedName> throughDomains =
                catalog.domainsOver(type).stream().flatMap(domain -> usersOfType(domain.name()).stream());
        return Stream.concat(users, throughDomains).distinct().toList();
    }

    /** What goes with the columns of the type, or of a domain over it, under CASCADE. */
    List<QualifiedName> ofColumnsOf(QualifiedName type) {
        Stream<QualifiedName> own = catalog.tablesUsing(type).stream()
                .flatMap(table -> table.columns().stream()
                        .filter(column -> isOf(column, type))
                        .flatMap(column -> ofColumn(table.name(), column.name())));
        Stream<QualifiedName> throughDomains =
                catalog.domainsOver(type).stream().flatMap(domain -> ofColumnsOf(domain.name()).stream());
        return Stream.concat(own, throughDomains).distinct().toList();
    }

    private Stream<QualifiedName> ofColumn(QualifiedName table, String column) {
        return Stream.of(
                        relations().indexesOf(List.of(table), index -> index.uses(column)),
                        relations().referencedOver(table, column),
                        relations().referencingOver(table, column),
                        viewsOver(table, column),
                        sequencesOf(table, column))
                .flatMap(List::stream);
    }

    private static boolean isOf(Column column, QualifiedName type) {
        return column.type()
                .filter(used -> used.name().equals(type.name())
                        && used.schema().filter(type.schema()::equals).isPresent())
                .isPresent();
    }

    /** The indexes over columns of the type. */
    List<QualifiedName> indexesOverType(QualifiedName type) {
        return usersOfType(type).stream()
                .flatMap(table -> catalog.indexesOf(table).stream())
                .filter(index -> columns(index.table())
                        .filter(column -> isOf(column, type))
                        .anyMatch(column -> index.uses(column.name())))
                .map(Index::name)
                .toList();
    }
}
