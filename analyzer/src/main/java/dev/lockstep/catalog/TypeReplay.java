package dev.lockstep.catalog;

import dev.lockstep.catalog.TableConstraint.Kind;
import dev.lockstep.catalog.UserType.CompositeType;
import dev.lockstep.catalog.UserType.Domain;
import dev.lockstep.catalog.UserType.EnumType;
import dev.lockstep.catalog.UserType.EnumType.Value;
import dev.lockstep.catalog.UserType.RangeType;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Identifier;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement.AlterTable;
import dev.lockstep.sql.TypeName;
import dev.lockstep.sql.TypeStatement;
import dev.lockstep.sql.TypeStatement.DomainAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Types and domains. */
final class TypeReplay {

    private TypeReplay() {}

    static Catalog apply(Catalog catalog, TypeStatement statement, Moment now) {
        if (statement instanceof TypeStatement.CreateEnum create) {
            return catalog.with(new EnumType(
                    catalog.created(create.type()),
                    create.values().stream()
                            .map(label -> new Value(label, now, true))
                            .toList(),
                    now));
        }
        if (statement instanceof TypeStatement.AddEnumValue add) {
            return changing(catalog, EnumType.class, catalog.resolveType(add.type()), known -> added(known, add, now));
        }
        if (statement instanceof TypeStatement.RenameEnumValue rename) {
            return changing(
                    catalog,
                    EnumType.class,
                    catalog.resolveType(rename.type()),
                    known -> known.withValues(Lists.changing(
                            known.values(),
                            value -> value.label().equals(rename.value()),
                            value -> new Value(rename.newValue(), value.added(), value.original()))));
        }
        if (statement instanceof TypeStatement.CreateCompositeType create) {
            return catalog.with(new CompositeType(
                    catalog.created(create.type()),
                    create.attributes().stream()
                            .map(attribute -> attribute(catalog, attribute, now))
                            .toList(),
                    now));
        }
        if (statement instanceof TypeStatement.CreateRange create) {
            return catalog.with(new RangeType(
                    catalog.created(create.type()), create.subtype().map(catalog::resolve), now));
        }
        if (statement instanceof TypeStatement.CreateDomain create) {
            return createDomain(catalog, create, now);
        }
        return statement instanceof TypeStatement.AlterDomain alter ? alterDomain(catalog, alter, now) : catalog;
    }

    private static Column attribute(Catalog catalog, ColumnDefinition definition, Moment now) {
        return Column.plain(definition.name().name(), definition.type().map(catalog::resolve), Optional.of(false), now)
                .withType(definition.type().map(catalog::resolve), TypeNames.collation(definition.collation()));
    }

    private static EnumType added(EnumType type, TypeStatement.AddEnumValue add, Moment now) {
        if (type.values().stream().anyMatch(value -> value.label().equals(add.value()))) {
            return type;
        }
        List<Value> values = new ArrayList<>(type.values());
        int place = values.size();
        for (int i = 0; i < type.values().size(); i++) {
            if (add.neighbour().filter(type.values().get(i).label()::equals).isPresent()) {
                place = add.afterNeighbour() ? i + 1 : i;
            }
        }
        values.add(place, new Value(add.value(), now, false));
        return type.withValues(values);
    }

    private static Catalog createDomain(Catalog catalog, TypeStatement.CreateDomain create, Moment now) {
        Domain domain = new Domain(
                catalog.created(create.domain()),
                catalog.resolve(create.base()),
                TypeNames.collation(create.collation()),
                false,
                create.defaultValue().map(catalog::resolve).or(() -> inheritedDefault(catalog, create.base())),
                List.of(),
                now);
        Catalog after = catalog.with(domain);
        for (Constraint constraint : create.constraints()) {
            after = addConstraint(after, domain.name(), constraint, now);
        }
        return after;
    }

    /** A domain over a domain starts with the default that one has. */
    private static Optional<Expression> inheritedDefault(Catalog catalog, TypeName base) {
        return catalog.type(base)
                .filter(Domain.class::isInstance)
                .map(Domain.class::cast)
                .flatMap(Domain::defaultValue);
    }

    static Catalog changing(Catalog catalog, QualifiedName domain, UnaryOperator<Domain> change) {
        return changing(catalog, Domain.class, domain, change);
    }

    private static <T extends UserType> Catalog changing(
            Catalog catalog, Class<T> type, QualifiedName name, UnaryOperator<T> change) {
        return catalog.type(name)
                .value()
                .filter(type::isInstance)
                .map(type::cast)
                .map(known -> catalog.with(change.apply(known)))
                .orElse(catalog);
    }

    private static Catalog addConstraint(Catalog catalog, QualifiedName domain, Constraint constraint, Moment now) {
        if (constraint instanceof Constraint.NotNull notNull) {
            return setNotNull(catalog, domain, notNull.name(), now);
        }
        if (!(constraint instanceof Constraint.Check check)) {
            return catalog;
        }
        String name = name(catalog, domain, check.name(), "check");
        Expression condition = catalog.resolve(check.expression());
        return changing(
                catalog,
                domain,
                known -> known.withConstraints(Lists.adding(
                        known.constraints(),
                        TableConstraint.plain(name, Kind.CHECK, List.of(), !check.notValid(), now)
                                .withExpression(condition))));
    }

    /** The constraint has a name from 17 on. */
    private static Catalog setNotNull(Catalog catalog, QualifiedName domain, Optional<Identifier> given, Moment now) {
        String name = name(catalog, domain, given, "not_null");
        return changing(
                catalog,
                domain,
                known -> known.notNull()
                        ? known
                        : known.withNotNull(true)
                                .withConstraints(Lists.adding(
                                        known.constraints(),
                                        TableConstraint.plain(name, Kind.NOT_NULL, List.of(), true, now))));
    }

    private static String name(Catalog catalog, QualifiedName domain, Optional<Identifier> given, String label) {
        return given.map(Identifier::name)
                .orElseGet(() -> GeneratedNames.choose(
                        domain.name(),
                        "",
                        label,
                        name -> catalog.isConstraint(new QualifiedName(domain.schema(), name))));
    }

    private static Catalog alterDomain(Catalog catalog, TypeStatement.AlterDomain alter, Moment now) {
        QualifiedName domain = catalog.resolveType(alter.domain());
        DomainAction action = alter.action();
        if (action instanceof DomainAction.SetDefault set) {
            return changing(
                    catalog, domain, known -> known.withDefault(Optional.of(catalog.resolve(set.expression()))));
        }
        if (action instanceof DomainAction.DropDefault) {
            return changing(catalog, domain, known -> known.withDefault(Optional.empty()));
        }
        if (action instanceof DomainAction.SetNotNull) {
            return setNotNull(catalog, domain, Optional.empty(), now);
        }
        if (action instanceof DomainAction.DropNotNull) {
            return changing(
                    catalog,
                    domain,
                    known -> known.withNotNull(false)
                            .withConstraints(Lists.without(
                                    known.constraints(), constraint -> constraint.kind() == Kind.NOT_NULL)));
        }
        if (action instanceof DomainAction.AddConstraint add) {
            return addConstraint(catalog, domain, add.constraint(), now);
        }
        if (action instanceof DomainAction.DropConstraint drop) {
            return changing(catalog, domain, known -> withoutConstraint(known, drop.name()));
        }
        return action instanceof DomainAction.ValidateConstraint validate
                ? changing(
                        catalog,
                        domain,
                        known -> known.withConstraints(Lists.changing(
                                known.constraints(),
                                constraint -> constraint.name().equals(validate.name()) && !constraint.isValid(),
                                constraint -> constraint.validatedAt(now))))
                : catalog;
    }

    private static Domain withoutConstraint(Domain domain, String name) {
        boolean notNull = domain.constraints().stream()
                .anyMatch(constraint -> constraint.name().equals(name) && constraint.kind() == Kind.NOT_NULL);
        return domain.withNotNull(domain.notNull() && !notNull)
                .withConstraints(Lists.without(
                        domain.constraints(), constraint -> constraint.name().equals(name)));
    }

    /** ALTER TYPE of a composite type. */
    static Catalog alter(Catalog catalog, AlterTable alter, Moment now) {
        QualifiedName type = catalog.resolveType(alter.table());
        Catalog after = catalog;
        for (AlterAction action : alter.actions()) {
            after = changing(after, CompositeType.class, type, known -> altered(catalog, known, action, now));
            for (Table table : after.tablesOf(type)) {
                after = CatalogReplay.apply(after, onTable(alter, action, table.name()), now);
            }
        }
        return after;
    }

    /** With CASCADE, and without it only where there is no such table, an attribute changes in the tables of the type too. */
    static AlterTable onTable(AlterTable alter, AlterAction action, QualifiedName table) {
        return new AlterTable(
                ObjectKind.TABLE,
                new ObjectName(
                        Optional.of(table.schema()), table.name(), alter.table().span()),
                false,
                false,
                List.of(action),
                alter.head(),
                alter.span());
    }

    private static CompositeType altered(Catalog catalog, CompositeType type, AlterAction action, Moment now) {
        if (action instanceof AlterAction.AddColumn add) {
            return type.withAttributes(attributes -> Lists.adding(attributes, attribute(catalog, add.column(), now)));
        }
        if (action instanceof AlterAction.DropColumn drop) {
            return type.withAttributes(attributes ->
                    Lists.without(attributes, attribute -> attribute.name().equals(drop.column())));
        }
        if (action instanceof AlterAction.AlterColumnType change) {
            return type.withAttributes(attributes -> Lists.changing(
                    attributes,
                    attribute -> attribute.name().equals(change.column()),
                    attribute -> attribute.withType(Optional.of(catalog.resolve(change.type())), change.collation())));
        }
        return type;
    }
}
