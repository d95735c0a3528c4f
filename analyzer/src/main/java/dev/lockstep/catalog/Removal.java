package dev.lockstep.catalog;

import dev.lockstep.catalog.CatalogObject.Id;
import dev.lockstep.catalog.CatalogObject.Space;
import dev.lockstep.catalog.Link.Kind;
import dev.lockstep.sql.Expression;
import java.util.List;
import java.util.function.Predicate;

/**
 * What goes with an object that is dropped. A DROP without CASCADE fails when something else needs the object, so what succeeds can be
 * treated as if CASCADE were said.
 */
final class Removal {

    private Removal() {}

    /** A table, view, index or sequence, known or not. */
    static Catalog relation(Catalog catalog, QualifiedName name) {
        if (catalog.index(name).value().isPresent()) {
            return index(catalog, name);
        }
        if (catalog.sequence(name).value().isPresent()) {
            return sequence(catalog, name);
        }
        return table(catalog, name);
    }

    private static Catalog table(Catalog catalog, QualifiedName name) {
        Catalog after = catalog.without(new Id(Space.RELATION, name));
        for (Index index : catalog.indexesOf(name)) {
            after = index(after, index.name());
        }
        for (Table child : catalog.referencing(name)) {
            if (!child.name().equals(name)) {
                after = after.changing(
                        child.name(),
                        table -> table.withoutConstraints(constraint ->
                                constraint.referenced().filter(name::equals).isPresent()));
            }
        }
        for (Sequence sequence : catalog.sequencesOf(name)) {
            after = sequence(after, sequence.name());
        }
        for (Table child : catalog.childrenOf(name)) {
            after = table(after, child.name());
        }
        for (Table reader : catalog.readersOf(name)) {
            after = table(after, reader.name());
        }
        return typeUsers(after, name);
    }

    /** An index, with the key it backs, its parts on partitions, and the foreign keys that rely on it. */
    static Catalog index(Catalog catalog, QualifiedName name) {
        Catalog after = catalog.without(new Id(Space.RELATION, name));
        for (Index part : catalog.dependents(Kind.PART_OF_INDEX, name, Index.class)) {
            after = index(after, part.name());
        }
        for (Table table : catalog.dependents(Kind.RELIES_ON_INDEX, name, Table.class)) {
            if (after.isRelation(table.name())) {
                after = after.changing(
                        table.name(),
                        known -> known.withoutConstraints(constraint ->
                                constraint.index().filter(name::equals).isPresent()));
            }
        }
        return after;
    }

    static Catalog sequence(Catalog catalog, QualifiedName name) {
        return expressions(catalog.without(new Id(Space.RELATION, name)), catalog, new Link(Kind.DRAWS_FROM, name));
    }

    /**
     * A column of one table; the same column of tables below is the caller's affair. A partitioned table can't be without a column of its
     * key: it goes as a whole.
     */
    static Catalog column(Catalog catalog, QualifiedName table, String column) {
        if (catalog.table(table)
                .value()
                .filter(known -> isDividedBy(known, column))
                .isPresent()) {
            return table(catalog, table);
        }
        Catalog after = catalog;
        for (Index index : catalog.indexesOf(table)) {
            if (index.uses(column)) {
                after = index(after, index.name());
            }
        }
        after = after.changing(table, known -> withoutColumn(known, column));
        for (Table child : catalog.referencing(table)) {
            after = after.changing(
                    child.name(), known -> known.withoutConstraints(constraint -> refersTo(constraint, table, column)));
        }
        for (Sequence sequence : catalog.sequencesOf(table)) {
            if (sequence.owner().filter(owner -> owner.column().equals(column)).isPresent()) {
                after = sequence(after, sequence.name());
            }
        }
        for (Table reader : catalog.readersOf(table)) {
            if (reader.definition().reads().stream()
                    .anyMatch(read -> read.relation().equals(table)
                            && read.columns()
                                    .filter(used -> used.contains(column))
                                    .isPresent())) {
                after = table(after, reader.name());
            }
        }
        List<Column> generated = after.table(table).value().map(Table::columns).orElse(List.of()).stream()
                .filter(candidate -> candidate
                        .generatedAs()
                        .filter(expression -> Expressions.uses(expression, column))
                        .isPresent())
                .toList();
        for (Column dependent : generated) {
            after = column(after, table, dependent.name());
        }
        return after;
    }

    private static boolean isDividedBy(Table table, String column) {
        return table.partitioning().key().stream()
                .flatMap(key -> key.keys().stream())
                .anyMatch(key -> key.column().filter(column::equals).isPresent()
                        || key.expression()
                                .filter(expression -> Expressions.uses(expression, column))
                                .isPresent());
    }

    private static boolean refersTo(TableConstraint constraint, QualifiedName table, String column) {
        return constraint
                .reference()
                .filter(reference ->
                        reference.table().equals(table) && reference.columns().contains(column))
                .isPresent();
    }

    private static Table withoutColumn(Table table, String column) {
        Attached attached = table.attached();
        return table.withColumns(
                        Lists.without(table.columns(), known -> known.name().equals(column)))
                .withoutConstraints(constraint -> constraint.columns().contains(column)
                        || constraint
                                .expression()
                                .filter(condition -> Expressions.uses(condition, column))
                                .isPresent())
                .withAttached(attached.withoutTriggers(trigger -> trigger.uses(column))
                        .withPolicies(Lists.without(
                                attached.policies(),
                                policy -> policy.expressions().stream()
                                        .anyMatch(condition -> Expressions.uses(condition, column)))));
    }

    static Catalog constraint(Catalog catalog, QualifiedName table, TableConstraint constraint) {
        Catalog after = catalog.changing(
                table, known -> known.withoutConstraints(other -> other.name().equals(constraint.name())));
        return constraint.kind().isKey()
                ? constraint.index().map(index -> index(catalog, index)).orElse(after)
                : after;
    }

    static Catalog type(Catalog catalog, QualifiedName name) {
        return typeUsers(catalog.without(new Id(Space.TYPE, name)), name);
    }

    private static Catalog typeUsers(Catalog catalog, QualifiedName name) {
        Catalog after = catalog;
        for (Table table : catalog.tablesOf(name)) {
            after = relation(after, table.name());
        }
        for (Table table : catalog.tablesUsing(name)) {
            for (Column column : table.columns()) {
                boolean uses = column.type()
                        .filter(type -> Catalog.isNamed(type, name))
                        .isPresent();
                if (uses && after.isRelation(table.name())) {
                    after = column(after, table.name(), column.name());
                }
            }
        }
        for (UserType user : catalog.dependents(Kind.HAS_TYPE, name, UserType.class)) {
            after = user instanceof UserType.CompositeType composite
                    ? after.with(composite.withAttributes(attributes -> Lists.without(
                            attributes,
                            attribute -> attribute
                                    .type()
                                    .filter(type -> Catalog.isNamed(type, name))
                                    .isPresent())))
                    : type(after, user.name());
        }
        for (Routine routine : catalog.dependents(Kind.HAS_TYPE, name, Routine.class)) {
            after = routine(after, routine);
        }
        return expressions(after, catalog, new Link(Kind.HAS_TYPE, name));
    }

    /** A function, and what calls it; while another of its name is left, nobody can tell who called which. */
    static Catalog routine(Catalog catalog, Routine routine) {
        Catalog after = catalog.without(routine);
        QualifiedName name = routine.plainName();
        if (!after.dependents(Kind.OVERLOADS, name, Routine.class).isEmpty()) {
            return after;
        }
        Link call = new Link(Kind.CALLS, name);
        for (Table table : catalog.dependents(Kind.CALLS, name, Table.class)) {
            after = table.definition().calls().contains(name)
                    ? table(after, table.name())
                    : after.changing(
                            table.name(),
                            known -> known.withAttached(known.attached()
                                    .withoutTriggers(
                                            trigger -> trigger.function().equals(name))));
        }
        return expressions(after, catalog, call);
    }

    /** The defaults, conditions, indexes and generated columns whose expression has the link. */
    private static Catalog expressions(Catalog catalog, Catalog before, Link link) {
        Predicate<Expression> holds = expression -> Expressions.holds(expression, link);
        Catalog after = catalog;
        for (Index index : before.dependents(link.kind(), link.target(), Index.class)) {
            after = index(after, index.name());
        }
        for (Table table : before.dependents(link.kind(), link.target(), Table.class)) {
            after = after.changing(table.name(), known -> withoutExpressions(known, holds));
            for (Column column : table.columns()) {
                if (column.generatedAs().filter(holds).isPresent()) {
                    after = column(after, table.name(), column.name());
                }
            }
        }
        for (UserType.Domain domain : before.dependents(link.kind(), link.target(), UserType.Domain.class)) {
            if (after.type(domain.name()).value().isPresent()) {
                after = after.with(domain.withDefault(domain.defaultValue().filter(holds.negate()))
                        .withConstraints(Lists.without(
                                domain.constraints(),
                                constraint ->
                                        constraint.expression().filter(holds).isPresent())));
            }
        }
        return after;
    }

    private static Table withoutExpressions(Table table, Predicate<Expression> holds) {
        return table.withColumns(table.columns().stream()
                        .map(column -> column.withDefault(column.defaultValue().filter(holds.negate())))
                        .toList())
                .withoutConstraints(
                        constraint -> constraint.expression().filter(holds).isPresent())
                .withAttached(table.attached()
                        .withPolicies(Lists.without(
                                table.attached().policies(),
                                policy -> policy.expressions().stream().anyMatch(holds))));
    }

    /** Everything in it. */
    static Catalog schema(Catalog catalog, String schema) {
        QualifiedName name = Schema.named(schema);
        Catalog after = catalog.without(new Id(Space.SCHEMA, name));
        for (Relation relation : catalog.dependents(Kind.IN_SCHEMA, name, Relation.class)) {
            if (after.isRelation(relation.name())) {
                after = relation(after, relation.name());
            }
        }
        for (UserType type : catalog.dependents(Kind.IN_SCHEMA, name, UserType.class)) {
            after = type(after, type.name());
        }
        for (Routine routine : catalog.dependents(Kind.IN_SCHEMA, name, Routine.class)) {
            after = routine(after, routine);
        }
        return after;
    }
}
