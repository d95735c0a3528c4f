package dev.lockstep.lock;

import dev.lockstep.catalog.AlterStep;
import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CatalogReplay;
import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Expressions;
import dev.lockstep.catalog.Lookup;
import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TypeNames;
import dev.lockstep.lock.Part.Missing;
import dev.lockstep.lock.Part.NewConstraint;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.AttachedStatement.CreateTrigger;
import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.ObjectStatement;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.TypeName;
import dev.lockstep.sql.TypeStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a statement relies on besides the relation it is about: the constraints it adds, and the names that mean nothing. */
final class MissingNames {

    /** Columns that every table has. */
    private static final Set<String> SYSTEM_COLUMNS = Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

    private final Statement statement;
    private final Catalog catalog;
    private final Relations relations;
    private final List<Part> parts = new ArrayList<>();

    private MissingNames(Statement statement, Catalog catalog) {
        this.statement = statement;
        this.catalog = catalog;
        this.relations = new Relations(catalog);
    }

    static List<Part> of(Statement statement, Catalog catalog) {
        MissingNames names = new MissingNames(statement, catalog);
        names.add();
        return names.parts;
    }

    static List<Part> of(Statement.AlterTable alter, AlterStep step) {
        MissingNames names = new MissingNames(alter, step.before());
        if (alter.kind() != ObjectKind.TYPE) {
            names.addAction(step, step.before().resolve(alter.table()));
        }
        return names.parts;
    }

    private void add() {
        if (statement instanceof Statement.CreateTable create) {
            addCreate(create);
        } else if (statement instanceof Statement.CreateIndex create) {
            QualifiedName table = catalog.resolve(create.table());
            create.keys().forEach(key -> {
                key.column().ifPresent(column -> column(table, column));
                key.expression().ifPresent(expression -> columns(table, expression));
            });
            create.included().forEach(column -> column(table, column));
            create.predicate().ifPresent(condition -> columns(table, condition));
        } else if (statement instanceof Statement.Insert insert) {
            insert.columns().forEach(column -> column(catalog.resolve(insert.table()), column));
        } else if (statement instanceof Statement.Update update) {
            update.columns().forEach(column -> column(catalog.resolve(update.table()), column));
        } else if (statement instanceof ObjectStatement.Comment comment && comment.kind() == ObjectKind.COLUMN) {
            comment.part().ifPresent(column -> column(catalog.resolve(comment.object()), column));
        } else if (statement instanceof Statement.Rename rename) {
            addRename(rename);
        } else if (statement instanceof Statement.Drop drop) {
            addDrop(drop);
        } else if (statement instanceof TypeStatement type) {
            addType(type);
        } else if (statement instanceof ObjectStatement.CreateSequence create) {
            create.ownedBy().ifPresent(this::owner);
        } else if (statement instanceof ObjectStatement.AlterSequence alter) {
            alter.ownedBy().ifPresent(this::owner);
        } else if (statement instanceof CreateTrigger create) {
            create.columns().forEach(column -> column(catalog.resolve(create.table()), column));
        }
    }

    private void addCreate(Statement.CreateTable create) {
        QualifiedName name = catalog.created(create.table(), create.persistence());
        if (create.ifNotExists() && relations.exists(name)) {
            return;
        }
        create.parents().forEach(parent -> relation(parent, ObjectKind.TABLE));
        create.likes().forEach(like -> relation(like.table(), ObjectKind.TABLE));
        Catalog after = CatalogReplay.apply(catalog, create, Moment.BEFORE_HISTORY);
        for (ColumnDefinition column : create.columns()) {
            definition(column, name, after);
        }
        create.constraints().forEach(constraint -> constraint(constraint, name, after));
    }

    private void definition(ColumnDefinition column, QualifiedName table, Catalog after) {
        column.type().ifPresent(this::type);
        column.defaultValue().ifPresent(value -> sequences(value.expression()));
        column.constraints().forEach(constraint -> constraint(constraint, table, after));
    }

    private void addAction(AlterStep step, QualifiedName table) {
        AlterAction action = step.action();
        named(action).ifPresent(column -> column(table, column));
        if (action instanceof AlterAction.AddColumn add) {
            boolean there = column(step.before(), table, add.column().name().name())
                    .value()
                    .isPresent();
            if (!(add.ifNotExists() && there)) {
                definition(add.column(), table, step.after());
            }
        } else if (action instanceof AlterAction.AddConstraint add) {
            constraint(add.constraint(), table, catalog);
        } else if (action instanceof AlterAction.AlterColumnType alter) {
            type(alter.type());
        } else if (action instanceof AlterAction.SetDefault set) {
            sequences(set.expression());
        } else if (action instanceof AlterAction.Inherit inherit) {
            relation(inherit.parent(), ObjectKind.TABLE);
        } else if (action instanceof AlterAction.NoInherit inherit) {
            relation(inherit.parent(), ObjectKind.TABLE);
        } else if (action instanceof AlterAction.AttachPartition attach) {
            relation(attach.partition(), ObjectKind.TABLE);
        } else if (action instanceof AlterAction.DetachPartition detach) {
            relation(detach.partition(), ObjectKind.TABLE);
        }
        namedConstraint(action).ifPresent(name -> tableConstraint(table, name));
    }

    private static Optional<String> named(AlterAction action) {
        boolean mayBeMissing = action instanceof AlterAction.DropColumn drop && drop.ifExists();
        return action instanceof AlterAction.OnColumn onColumn && !mayBeMissing
                ? Optional.of(onColumn.column())
                : Optional.empty();
    }

    private static Optional<String> namedConstraint(AlterAction action) {
        if (action instanceof AlterAction.DropConstraint drop) {
            return drop.ifExists() ? Optional.empty() : Optional.of(drop.name());
        }
        if (action instanceof AlterAction.AlterConstraint alter) {
            return Optional.of(alter.name());
        }
        return action instanceof AlterAction.ValidateConstraint validate
                ? Optional.of(validate.name())
                : Optional.empty();
    }

    private void addRename(Statement.Rename rename) {
        QualifiedName object = catalog.resolve(rename.object());
        switch (rename.kind()) {
            case COLUMN -> rename.part().ifPresent(column -> column(object, column));
            case TABLE_CONSTRAINT -> rename.part().ifPresent(name -> tableConstraint(object, name));
            case TRIGGER -> rename.part().ifPresent(name -> trigger(object, name));
            case TYPE, DOMAIN -> type(rename.object());
            default -> {}
        }
    }

    private void addDrop(Statement.Drop drop) {
        if (drop.ifExists()) {
            return;
        }
        for (ObjectName object : drop.objects()) {
            switch (drop.kind()) {
                case TRIGGER -> drop.table().ifPresent(table -> trigger(catalog.resolve(table), object.name()));
                case TYPE, DOMAIN -> type(object);
                default -> {}
            }
        }
    }

    private void addType(TypeStatement statement) {
        if (statement instanceof TypeStatement.AddEnumValue add) {
            type(add.type());
        } else if (statement instanceof TypeStatement.RenameEnumValue rename) {
            type(rename.type());
        } else if (statement instanceof TypeStatement.AlterDomain alter) {
            type(alter.domain());
        } else if (statement instanceof TypeStatement.CreateDomain create) {
            type(create.base());
        }
    }

    private void owner(ObjectStatement.SequenceOwner owner) {
        owner.table().ifPresent(table -> {
            relation(table, ObjectKind.TABLE);
            column(catalog.resolve(table), owner.column());
        });
    }

    /** A constraint of a table, whose columns are looked for in the catalog given, as are those of the other table of a foreign key. */
    private void constraint(Constraint constraint, QualifiedName table, Catalog within) {
        parts.add(new Part(new NewConstraint(constraint), statement, table, false, Optional.of(within)));
        keyColumns(constraint).forEach(column -> column(within, table, column, table));
        if (constraint instanceof Constraint.Check check) {
            columns(within, table, check.expression());
        }
        if (constraint instanceof Constraint.ForeignKey key) {
            QualifiedName referenced = within.resolve(key.referenced());
            if (!referenced.equals(table)) {
                relation(key.referenced(), ObjectKind.TABLE);
            }
            key.referencedColumns().forEach(column -> column(within, referenced, column, table));
        }
    }

    static Collection<String> keyColumns(Constraint constraint) {
        if (constraint instanceof Constraint.PrimaryKey key) {
            return Relations.concat(key.columns(), key.included());
        }
        if (constraint instanceof Constraint.Unique unique) {
            return Relations.concat(unique.columns(), unique.included());
        }
        if (constraint instanceof Constraint.NotNull required) {
            return List.of(required.column());
        }
        return constraint instanceof Constraint.ForeignKey key ? key.columns() : List.of();
    }

    private void columns(QualifiedName table, Expression expression) {
        columns(catalog, table, expression);
    }

    /** A table's name means its whole row. */
    private void columns(Catalog within, QualifiedName table, Expression expression) {
        Expressions.columns(expression).stream()
                .filter(column -> !column.equals(table.name()) && !column.equals("*"))
                .filter(column -> !SYSTEM_COLUMNS.contains(column))
                .forEach(column -> column(within, table, column, table));
    }

    private void column(QualifiedName table, String column) {
        column(catalog, table, column, table);
    }

    private void column(Catalog within, QualifiedName table, String column, QualifiedName target) {
        boolean isTable = within.table(table)
                .value()
                .filter(known -> known.kind() != Table.Kind.VIEW)
                .isPresent();
        if (isTable && column(within, table, column).isAbsent()) {
            missing(ObjectKind.COLUMN, target);
        }
    }

    private static Lookup<Column> column(Catalog within, QualifiedName table, String column) {
        return within.table(table).flatMap(known -> known.column(column));
    }

    private void tableConstraint(QualifiedName table, String name) {
        if (catalog.table(table)
                .value()
                .filter(known -> known.constraint(name).isAbsent())
                .isPresent()) {
            missing(ObjectKind.TABLE_CONSTRAINT, table);
        }
    }

    private void trigger(QualifiedName table, String name) {
        if (catalog.table(table)
                .value()
                .filter(Table::complete)
                .filter(known -> known.attached().triggers().stream()
                        .noneMatch(trigger -> trigger.name().equals(name)))
                .isPresent()) {
            missing(ObjectKind.TRIGGER, table);
        }
    }

    private void relation(ObjectName name, ObjectKind kind) {
        QualifiedName relation = catalog.resolve(name);
        if (!relations.exists(relation) && catalog.table(relation).isAbsent()) {
            missing(kind, relation);
        }
    }

    private void sequences(Expression expression) {
        Expressions.sequenceName(expression).filter(parts -> !parts.isEmpty()).ifPresent(parts -> {
            Optional<String> schema = parts.size() > 1 ? Optional.of(parts.get(0)) : Optional.empty();
            relation(new ObjectName(schema, parts.get(parts.size() - 1), statement.span()), ObjectKind.SEQUENCE);
        });
        expression.children().forEach(this::sequences);
    }

    private void type(TypeName type) {
        boolean known = TypeNames.isBuiltIn(type) || catalog.type(type).isPresent();
        Stream<String> schemas = type.schema().map(Stream::of).orElseGet(() -> catalog.searchPath().stream());
        if (!known && schemas.allMatch(schema -> isNoType(new QualifiedName(schema, type.name())))) {
            missing(ObjectKind.TYPE, Part.NO_RELATION);
        }
    }

    private void type(ObjectName name) {
        Stream<String> schemas = name.schema().map(Stream::of).orElseGet(() -> catalog.searchPath().stream());
        if (schemas.allMatch(schema -> isNoType(new QualifiedName(schema, name.name())))) {
            missing(ObjectKind.TYPE, Part.NO_RELATION);
        }
    }

    /** Every table is a type. */
    private boolean isNoType(QualifiedName name) {
        return catalog.type(name).isAbsent() && catalog.table(name).value().isEmpty();
    }

    private void missing(ObjectKind kind, QualifiedName target) {
        parts.add(new Part(new Missing(kind, false), statement, target, false));
    }
}
