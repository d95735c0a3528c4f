package dev.lockstep.lock;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.UserType;
import dev.lockstep.catalog.UserType.EnumType;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.TypeName;
import dev.lockstep.sql.TypeStatement;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values that ALTER TYPE … ADD VALUE made in the running transaction and that a statement uses all the same. */
final class FreshValues {

    private final Catalog catalog;
    private final Moment now;
    private final Set<Part.FreshValue> found = new LinkedHashSet<>();

    private FreshValues(Catalog catalog, Moment now) {
        this.catalog = catalog;
        this.now = now;
    }

    static Set<Part.FreshValue> of(Statement statement, Catalog catalog, Moment now) {
        FreshValues values = new FreshValues(catalog, now);
        values.statement(statement);
        return values.found;
    }

    static Set<Part.FreshValue> of(AlterAction action, QualifiedName table, Catalog catalog, Moment now) {
        FreshValues values = new FreshValues(catalog, now);
        values.action(action, values.columns(table));
        return values.found;
    }

    private void statement(Statement statement) {
        if (statement instanceof Statement.CreateTable create) {
            createTable(create);
        } else if (statement instanceof Statement.CreateIndex create) {
            Map<String, TypeName> columns = columns(catalog.resolve(create.table()));
            create.keys().forEach(key -> key.expression().ifPresent(value -> walk(value, columns)));
            create.predicate().ifPresent(predicate -> walk(predicate, columns));
        } else if (statement instanceof Statement.Insert insert) {
            insert(insert);
        } else if (statement instanceof Statement.Update update) {
            Map<String, TypeName> columns = columns(catalog.resolve(update.table()));
            for (int i = 0; i < update.columns().size(); i++) {
                assigned(
                        Optional.ofNullable(columns.get(update.columns().get(i))),
                        update.values().get(i),
                        columns);
            }
            update.where().ifPresent(condition -> walk(condition, columns));
        } else if (statement instanceof Statement.Delete delete) {
            Map<String, TypeName> columns = columns(catalog.resolve(delete.table()));
            delete.where().ifPresent(condition -> walk(condition, columns));
        } else if (statement instanceof Statement.Select select) {
            select.query().outputs().stream().map(Query.Output::value).forEach(value -> walk(value, Map.of()));
        } else if (statement instanceof TypeStatement type) {
            type(type);
        }
    }

    private void createTable(Statement.CreateTable create) {
        if (create.ifNotExists() && new Relations(catalog).exists(catalog.resolve(create.table()))) {
            return;
        }
        Map<String, TypeName> columns = new HashMap<>();
        create.columns()
                .forEach(column -> column.type()
                        .ifPresent(type -> columns.put(column.name().name(), type)));
        create.columns().forEach(column -> column(column, columns));
        create.constraints().forEach(constraint -> constraint(constraint, columns));
    }

    private void insert(Statement.Insert insert) {
        Optional<Table> table = catalog.table(catalog.resolve(insert.table())).value();
        List<String> names = insert.columns().isEmpty()
                ? table.filter(Table::complete).stream()
                        .flatMap(known -> known.columns().stream())
                        .map(Column::name)
                        .toList()
                : insert.columns();
        Map<String, TypeName> columns = columns(catalog.resolve(insert.table()));
        for (List<Expression> row : insert.rows()) {
            for (int i = 0; i < Math.min(row.size(), names.size()); i++) {
                assigned(Optional.ofNullable(columns.get(names.get(i))), row.get(i), Map.of());
            }
        }
    }

    private void type(TypeStatement statement) {
        if (statement instanceof TypeStatement.CreateDomain create) {
            create.defaultValue().ifPresent(value -> assigned(Optional.of(create.base()), value, Map.of()));
            create.constraints().forEach(constraint -> constraint(constraint, Map.of("value", create.base())));
        } else if (statement instanceof TypeStatement.AlterDomain alter
                && alter.action() instanceof TypeStatement.DomainAction.SetDefault set) {
            catalog.type(new Dependents(catalog).typeNamed(catalog.resolve(alter.domain())))
                    .value()
                    .filter(UserType.Domain.class::isInstance)
                    .map(UserType.Domain.class::cast)
                    .ifPresent(domain -> assigned(Optional.of(domain.base()), set.expression(), Map.of()));
        }
    }

    private void action(AlterAction action, Map<String, TypeName> columns) {
        if (action instanceof AlterAction.AddColumn add
                && !(add.ifNotExists()
                        && columns.containsKey(add.column().name().name()))) {
            column(add.column(), columns);
        } else if (action instanceof AlterAction.SetDefault set) {
            assigned(Optional.ofNullable(columns.get(set.column())), set.expression(), Map.of());
        } else if (action instanceof AlterAction.AddConstraint add) {
            constraint(add.constraint(), columns);
        } else if (action instanceof AlterAction.AlterColumnType alter) {
            alter.using().ifPresent(value -> assigned(Optional.of(alter.type()), value, columns));
        }
    }

    private Map<String, TypeName> columns(QualifiedName table) {
        Map<String, TypeName> types = new HashMap<>();
        catalog.table(table).value().stream()
                .flatMap(known -> known.columns().stream())
                .forEach(column -> column.type().ifPresent(type -> types.put(column.name(), type)));
        return types;
    }

    private void column(ColumnDefinition column, Map<String, TypeName> columns) {
        Map<String, TypeName> all = new HashMap<>(columns);
        column.type().ifPresent(type -> {
            all.put(column.name().name(), type);
            column.defaultValue().ifPresent(value -> assigned(Optional.of(type), value.expression(), Map.of()));
        });
        column.constraints().forEach(constraint -> constraint(constraint, all));
    }

    private void constraint(Constraint constraint, Map<String, TypeName> columns) {
        if (constraint instanceof Constraint.Check check) {
            walk(check.expression(), columns);
        }
    }

    /** A constant takes the type of the column it goes into. */
    private void assigned(Optional<TypeName> type, Expression value, Map<String, TypeName> columns) {
        type.ifPresent(known -> use(known, value));
        walk(value, columns);
    }

    /** A constant takes the type that it is cast to, or that of the column it is compared with. */
    private void walk(Expression expression, Map<String, TypeName> columns) {
        if (expression instanceof Expression.Cast cast) {
            use(cast.type(), cast.operand());
        } else if (expression instanceof Expression.Operation operation) {
            operation.left().ifPresent(left -> {
                compare(left, operation.right(), columns);
                compare(operation.right(), left, columns);
            });
        }
        expression.children().forEach(child -> walk(child, columns));
    }

    private void compare(Expression column, Expression value, Map<String, TypeName> columns) {
        if (column instanceof Expression.ColumnReference reference && columns.containsKey(reference.column())) {
            TypeName type = columns.get(reference.column());
            if (value instanceof Expression.ValueList list) {
                list.values().forEach(one -> use(type, one));
            } else {
                use(type, value);
            }
        }
    }

    private void use(TypeName type, Expression value) {
        if (value instanceof Expression.Literal literal && literal.kind() == Expression.Literal.Kind.STRING) {
            enumType(type)
                    .ifPresent(known -> known.values().stream()
                            .filter(candidate -> candidate.label().equals(literal.text()))
                            .filter(candidate ->
                                    !candidate.original() && candidate.added().equals(now))
                            .map(fresh -> new Part.FreshValue(
                                    fresh.label(), known.created().equals(now)))
                            .forEach(found::add));
        }
    }

    private Optional<EnumType> enumType(TypeName type) {
        if (type.arrayDimensions() > 0) {
            return Optional.empty();
        }
        Optional<UserType> known = catalog.type(type);
        if (known.filter(UserType.Domain.class::isInstance).isPresent()) {
            return enumType(((UserType.Domain) known.get()).base());
        }
        return known.filter(EnumType.class::isInstance).map(EnumType.class::cast);
    }
}
