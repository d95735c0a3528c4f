package dev.lockstep.catalog;

import dev.lockstep.catalog.CatalogObject.Id;
import dev.lockstep.catalog.CatalogObject.Space;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement.Rename;
import dev.lockstep.sql.Statement.SetSchema;
import dev.lockstep.sql.TypeName;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** RENAME and SET SCHEMA of everything, with all that names the old name. */
final class RenameReplay {

    private RenameReplay() {}

    static Catalog rename(Catalog catalog, Rename rename) {
        String newName = rename.newName();
        Optional<String> part = rename.part();
        switch (rename.kind()) {
            case TABLE, VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE:
                return relation(catalog, catalog.resolve(rename.object()), newName, rename.ifExists());
            case INDEX, SEQUENCE:
                QualifiedName relation = catalog.resolve(rename.object());
                return catalog.isRelation(relation)
                        ? relation(catalog, relation, newName, rename.ifExists())
                        : catalog.without(new Id(Space.RELATION, relation));
            case COLUMN:
                return part.map(column ->
                                column(catalog, catalog.resolve(rename.object()), column, newName, rename.ifExists()))
                        .orElse(catalog);
            case TABLE_CONSTRAINT:
                return part.map(name -> constraint(catalog, catalog.resolve(rename.object()), name, newName))
                        .orElse(catalog);
            case TRIGGER, POLICY, RULE:
                return part.map(name -> attached(catalog, rename.kind(), rename.object(), name, newName))
                        .orElse(catalog);
            case TYPE, DOMAIN:
                return type(catalog, catalog.resolveType(rename.object()), newName);
            case TYPE_ATTRIBUTE:
                return part.map(name -> attribute(catalog, catalog.resolveType(rename.object()), name, newName))
                        .orElse(catalog);
            case DOMAIN_CONSTRAINT:
                return part.map(name -> domainConstraint(catalog, catalog.resolveType(rename.object()), name, newName))
                        .orElse(catalog);
            case FUNCTION, PROCEDURE, ROUTINE:
                return routines(
                        catalog,
                        rename.object(),
                        rename.arguments(),
                        name -> new QualifiedName(name.schema(), newName));
            case SCHEMA:
                return schema(catalog, rename.object().name(), newName);
            default:
                return catalog;
        }
    }

    static Catalog setSchema(Catalog catalog, SetSchema set) {
        UnaryOperator<QualifiedName> moved = name -> new QualifiedName(set.newSchema(), name.name());
        switch (set.kind()) {
            case TABLE, VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE, SEQUENCE:
                return toSchema(catalog, catalog.resolve(set.object()), set.newSchema());
            case TYPE, DOMAIN:
                QualifiedName type = catalog.resolveType(set.object());
                return moveType(catalog, type, moved.apply(type));
            case FUNCTION, PROCEDURE, ROUTINE:
                return routines(catalog, set.object(), set.arguments(), moved);
            default:
                return catalog;
        }
    }

    private static Catalog relation(Catalog catalog, QualifiedName from, String newName, boolean ifExists) {
        if (ifExists && !catalog.isRelation(from)) {
            return catalog;
        }
        return renamed(catalog, from, new QualifiedName(from.schema(), newName));
    }

    /** A relation under a new name; the constraint that an index backs has the index's name. */
    static Catalog renamed(Catalog catalog, QualifiedName from, QualifiedName to) {
        Optional<Index> index = catalog.index(from).value();
        Catalog after = move(catalog, from, to);
        return index.isPresent() ? after.changing(index.get().table(), table -> backed(table, to, to.name())) : after;
    }

    private static Table backed(Table table, QualifiedName index, String newName) {
        return table.changingConstraints(
                constraint -> constraint.kind().isKey()
                        && constraint.index().filter(index::equals).isPresent(),
                constraint -> constraint.withName(newName));
    }

    /** A relation under a new name; all that names it follows. One that the history has not shown yet is a table. */
    static Catalog move(Catalog catalog, QualifiedName from, QualifiedName to) {
        Optional<CatalogObject> known = catalog.object(new Id(Space.RELATION, from));
        if (known.isEmpty() && catalog.table(from).isAbsent()) {
            return catalog;
        }
        CatalogObject old = known.orElseGet(() -> Table.existing(from));
        Catalog after = catalog.replacing(old, named(old, to));
        return new Renaming(Space.RELATION, from, to).follow(after);
    }

    private static CatalogObject named(CatalogObject object, QualifiedName name) {
        if (object instanceof Index index) {
            return index.withName(name);
        }
        if (object instanceof Sequence sequence) {
            return sequence.withName(name);
        }
        return object instanceof Table table ? table.withName(name) : object;
    }

    /** A table's indexes and the sequences of its columns go where it goes. */
    private static Catalog toSchema(Catalog catalog, QualifiedName from, String schema) {
        if (from.schema().equals(schema)) {
            return catalog;
        }
        Catalog after = catalog;
        for (Index index : catalog.indexesOf(from)) {
            after = move(
                    after, index.name(), new QualifiedName(schema, index.name().name()));
        }
        for (Sequence sequence : catalog.sequencesOf(from)) {
            after = move(
                    after,
                    sequence.name(),
                    new QualifiedName(schema, sequence.name().name()));
        }
        return move(after, from, new QualifiedName(schema, from.name()));
    }

    private static Catalog column(
            Catalog catalog, QualifiedName table, String column, String newName, boolean ifExists) {
        if (catalog.table(table).isAbsent() || ifExists && catalog.table(table).isUnknown()) {
            return catalog;
        }
        UnaryOperator<String> rename = used -> used.equals(column) ? newName : used;
        Catalog after = catalog.changing(
                table, known -> known.changing(column, found -> found).renamingColumn(rename));
        for (Index index : catalog.indexesOf(table)) {
            after = after.with(index.rewriting(rename, Expressions.renaming(rename)));
        }
        for (Table child : catalog.referencing(table)) {
            after = after.changing(
                    child.name(),
                    known -> known.changingConstraints(
                            constraint -> constraint
                                    .referenced()
                                    .filter(table::equals)
                                    .isPresent(),
                            constraint -> constraint.withReference(constraint
                                    .reference()
                                    .map(reference -> reference.rewriting(UnaryOperator.identity(), rename)))));
        }
        for (Sequence sequence : catalog.sequencesOf(table)) {
            after = after.with(sequence.withOwner(
                    sequence.owner().map(owner -> new Sequence.Owner(owner.table(), rename.apply(owner.column())))));
        }
        for (Table reader : catalog.readersOf(table)) {
            after = after.changing(
                    reader.name(), known -> known.withDefinition(renamed(known.definition(), table, rename)));
        }
        for (Table child : catalog.childrenOf(table)) {
            after = column(after, child.name(), column, newName, false);
        }
        return after;
    }

    private static Table.Definition renamed(
            Table.Definition definition, QualifiedName table, UnaryOperator<String> rename) {
        return new Table.Definition(
                Lists.changing(
                        definition.reads(),
                        read -> read.relation().equals(table),
                        read -> new ViewRead(
                                table,
                                read.columns()
                                        .map(columns ->
                                                columns.stream().map(rename).toList()))),
                definition.calls());
    }

    private static Catalog constraint(Catalog catalog, QualifiedName table, String constraint, String newName) {
        Optional<TableConstraint> known = catalog.table(table)
                .flatMap(found -> found.constraint(constraint))
                .value();
        Optional<QualifiedName> index =
                known.filter(found -> found.kind().isKey()).flatMap(TableConstraint::index);
        if (index.isPresent()) {
            return relation(catalog, index.get(), newName, false);
        }
        Catalog after =
                catalog.changing(table, found -> found.changingConstraint(constraint, old -> old.withName(newName)));
        boolean inherited = known.filter(found -> !found.noInherit()
                        && (found.kind() == TableConstraint.Kind.CHECK
                                || found.kind() == TableConstraint.Kind.NOT_NULL))
                .isPresent();
        if (!inherited) {
            return after;
        }
        for (Table child : catalog.childrenOf(table)) {
            after = constraint(after, child.name(), constraint, newName);
        }
        return after;
    }

    private static Catalog attached(Catalog catalog, ObjectKind kind, ObjectName table, String name, String newName) {
        QualifiedName qualified = catalog.resolve(table);
        Catalog after = catalog.changing(
                qualified,
                known -> known.withAttached(
                        switch (kind) {
                            case TRIGGER ->
                                known.attached()
                                        .withTriggers(Lists.changing(
                                                known.attached().triggers(),
                                                trigger -> trigger.name().equals(name),
                                                trigger -> trigger.withName(newName)));
                            case POLICY ->
                                known.attached()
                                        .withPolicies(Lists.changing(
                                                known.attached().policies(),
                                                policy -> policy.name().equals(name),
                                                policy -> policy.withName(newName)));
                            default ->
                                known.attached()
                                        .withRules(Lists.changing(
                                                known.attached().rules(), name::equals, rule -> newName));
                        }));
        if (kind != ObjectKind.TRIGGER) {
            return after;
        }
        for (Table child : catalog.childrenOf(qualified)) {
            boolean copied = child.attached().triggers().stream()
                    .anyMatch(trigger -> trigger.inherited() && trigger.name().equals(name));
            after = copied
                    ? attached(
                            after,
                            kind,
                            new ObjectName(
                                    Optional.of(child.name().schema()),
                                    child.name().name(),
                                    table.span()),
                            name,
                            newName)
                    : after;
        }
        return after;
    }

    private static Catalog type(Catalog catalog, QualifiedName from, String newName) {
        return moveType(catalog, from, new QualifiedName(from.schema(), newName));
    }

    private static Catalog moveType(Catalog catalog, QualifiedName from, QualifiedName to) {
        return catalog.type(from)
                .value()
                .map(type -> new Renaming(Space.TYPE, from, to).follow(catalog.replacing(type, type.withName(to))))
                .orElse(catalog);
    }

    private static Catalog attribute(Catalog catalog, QualifiedName type, String attribute, String newName) {
        return catalog.type(type)
                .value()
                .filter(UserType.CompositeType.class::isInstance)
                .map(UserType.CompositeType.class::cast)
                .map(composite -> catalog.with(composite.withAttributes(attributes -> Lists.changing(
                        attributes, known -> known.name().equals(attribute), known -> known.withName(newName)))))
                .orElse(catalog);
    }

    private static Catalog domainConstraint(Catalog catalog, QualifiedName domain, String name, String newName) {
        return TypeReplay.changing(
                catalog,
                domain,
                known -> known.withConstraints(Lists.changing(
                        known.constraints(),
                        constraint -> constraint.name().equals(name),
                        constraint -> constraint.withName(newName))));
    }

    private static Catalog routines(
            Catalog catalog, ObjectName name, Optional<List<TypeName>> arguments, UnaryOperator<QualifiedName> rename) {
        Catalog after = catalog;
        for (Routine routine : RoutineReplay.meant(catalog, name, arguments)) {
            Routine renamed = routine.withPlainName(rename.apply(routine.plainName()));
            boolean alone = after.routines(name).size() == 1;
            after = after.replacing(routine, renamed);
            after = alone ? new Renaming(Space.ROUTINE, routine.plainName(), renamed.plainName()).follow(after) : after;
        }
        return after;
    }

    private static Catalog schema(Catalog catalog, String from, String to) {
        QualifiedName name = Schema.named(from);
        Catalog after = catalog.without(new Id(Space.SCHEMA, name))
                .with(new Schema(
                        Schema.named(to),
                        catalog.schema(from).value().map(Schema::created).orElse(Moment.BEFORE_HISTORY)));
        for (Relation relation : catalog.dependents(Link.Kind.IN_SCHEMA, name, Relation.class)) {
            after = move(
                    after,
                    relation.name(),
                    new QualifiedName(to, relation.name().name()));
        }
        for (UserType type : catalog.dependents(Link.Kind.IN_SCHEMA, name, UserType.class)) {
            after = moveType(
                    after, type.name(), new QualifiedName(to, type.name().name()));
        }
        for (Routine routine : catalog.dependents(Link.Kind.IN_SCHEMA, name, Routine.class)) {
            QualifiedName plain = new QualifiedName(to, routine.plainName().name());
            Routine current = after.object(routine.id())
                    .filter(Routine.class::isInstance)
                    .map(Routine.class::cast)
                    .orElse(routine);
            after = new Renaming(Space.ROUTINE, routine.plainName(), plain)
                    .follow(after.replacing(current, current.withPlainName(plain)));
        }
        return after;
    }
}
