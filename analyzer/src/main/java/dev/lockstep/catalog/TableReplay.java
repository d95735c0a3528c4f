package dev.lockstep.catalog;

import dev.lockstep.catalog.TableConstraint.Kind;
import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement.CreateTable;
import dev.lockstep.sql.Statement.Like;
import dev.lockstep.sql.Statement.Like.Included;
import dev.lockstep.sql.Statement.Persistence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** CREATE TABLE: columns and constraints of its own, of LIKE, and of the tables above it. */
final class TableReplay {

    private final CreateTable create;
    private final QualifiedName name;
    private final Moment now;

    private TableReplay(CreateTable create, QualifiedName name, Moment now) {
        this.create = create;
        this.name = name;
        this.now = now;
    }

    static Catalog create(Catalog catalog, CreateTable create, Moment now) {
        QualifiedName name = catalog.created(create.table(), create.persistence());
        if (create.ifNotExists() && catalog.isRelation(name)) {
            return catalog;
        }
        Catalog after = new TableReplay(create, name, now).run(catalog);
        return create.dropOnCommit() ? after.withSearchPath(path -> path.droppingAtCommit(name)) : after;
    }

    private Catalog run(Catalog catalog) {
        Catalog after = parents(catalog).with(table(catalog));
        after = inheritColumns(after);
        after = ownColumns(after);
        after = inheritConditions(after);
        if (create.partitionOf()) {
            after = PartitionReplay.copyToPartition(after, create.parents(), name, now);
        }
        ConstraintReplay constraints = new ConstraintReplay(name, true, false, now);
        for (Like like : create.likes()) {
            after = likeNotNulls(after, like);
        }
        for (Constraint constraint : ownConstraints(constraint -> !(constraint instanceof Constraint.ForeignKey))) {
            after = constraints.add(after, constraint);
        }
        for (ColumnDefinition column : create.columns()) {
            if (column.identity().isPresent() || ColumnReplay.isSerial(column)) {
                after = constraints.addNotNull(after, column.name().name(), Optional.empty(), true, false);
            }
        }
        for (Like like : create.likes()) {
            after = likeConstraints(after, like);
        }
        for (Constraint constraint : ownConstraints(Constraint.ForeignKey.class::isInstance)) {
            after = constraints.add(after, constraint);
        }
        return after;
    }

    private Table table(Catalog catalog) {
        boolean complete =
                (create.ofType().isEmpty() || composite(catalog, create).isPresent())
                        && create.parents().stream().allMatch(parent -> isComplete(catalog, parent))
                        && create.likes().stream().allMatch(like -> isComplete(catalog, like.table()));
        Table.Kind kind = create.foreign()
                ? Table.Kind.FOREIGN_TABLE
                : create.partitioned() ? Table.Kind.PARTITIONED_TABLE : Table.Kind.TABLE;
        return Table.made(name, kind, persistence(), now)
                .withParents(create.parents().stream().map(catalog::resolve).toList())
                .withPartitioning(new Table.Partitioning(create.partitionKey(), create.bound()))
                .withType(create.ofType().map(catalog::resolve))
                .withComplete(complete);
    }

    private Persistence persistence() {
        return name.schema().equals(Catalog.TEMPORARY) ? Persistence.TEMPORARY : create.persistence();
    }

    private static boolean isComplete(Catalog catalog, ObjectName table) {
        return catalog.table(table).value().filter(Table::complete).isPresent();
    }

    /** A parent that the history has not shown yet exists. */
    private Catalog parents(Catalog catalog) {
        Catalog after = catalog;
        for (ObjectName parent : create.parents()) {
            after = after.changing(
                    after.resolve(parent),
                    known -> create.partitionOf() ? known.withKind(Table.Kind.PARTITIONED_TABLE) : known);
        }
        return after;
    }

    private Catalog inheritColumns(Catalog catalog) {
        Catalog after = catalog;
        for (ObjectName parent : create.parents()) {
            List<Column> columns =
                    catalog.table(parent).value().map(Table::columns).orElse(List.of());
            for (Column column : columns) {
                Column inherited = create.partitionOf() ? column : column.withIdentity(Column.Identity.NONE);
                after = after.changing(
                        name,
                        known -> known.column(column.name()).value().isPresent()
                                ? known
                                : known.adding(inherited
                                        .withLocal(false)
                                        .withNotNull(false)
                                        .addedAt(now)));
            }
        }
        return after;
    }

    private static Optional<UserType.CompositeType> composite(Catalog catalog, CreateTable create) {
        return create.ofType()
                .flatMap(catalog::type)
                .filter(UserType.CompositeType.class::isInstance)
                .map(UserType.CompositeType.class::cast);
    }

    private Catalog ownColumns(Catalog catalog) {
        ColumnReplay columns = new ColumnReplay(name, now);
        Catalog after = catalog;
        for (Column attribute : composite(catalog, create)
                .map(UserType.CompositeType::attributes)
                .orElse(List.of())) {
            after = after.changing(name, known -> known.adding(attribute.addedAt(now)));
        }
        for (int i = 0; i <= create.columns().size(); i++) {
            for (Like like : create.likes()) {
                if (like.position() == i) {
                    after = likeColumns(after, like);
                }
            }
            if (i < create.columns().size()) {
                after = columns.enter(after, create.columns().get(i));
            }
        }
        return after;
    }

    /** The conditions of the tables above, and their NOT NULL. */
    private Catalog inheritConditions(Catalog catalog) {
        Catalog after = catalog;
        for (ObjectName parent : create.parents()) {
            Optional<Table> known = catalog.table(parent).value();
            for (TableConstraint constraint : known.map(Table::constraints).orElse(List.of())) {
                if (PartitionReplay.isInherited(constraint) && !isOwnNotNull(constraint)) {
                    after = PartitionReplay.inherit(after, name, constraint.withLocal(false), now);
                }
            }
            for (Column column : known.map(Table::columns).orElse(List.of())) {
                if (column.notNull().orElse(false)) {
                    after = after.changing(
                            name, table -> table.changing(column.name(), inherited -> inherited.withNotNull(true)));
                }
            }
        }
        return after;
    }

    /** A NOT NULL that the table says itself has a name of its own. */
    private boolean isOwnNotNull(TableConstraint inherited) {
        if (inherited.kind() != Kind.NOT_NULL) {
            return false;
        }
        String column = inherited.columns().get(0);
        return create.columns().stream()
                        .filter(definition -> definition.name().name().equals(column))
                        .anyMatch(definition -> definition.identity().isPresent() || ColumnReplay.isSerial(definition))
                || ownConstraints(constraint -> true).stream().anyMatch(constraint -> requires(constraint, column));
    }

    private static boolean requires(Constraint constraint, String column) {
        return constraint instanceof Constraint.NotNull notNull
                        && notNull.column().equals(column)
                || constraint instanceof Constraint.PrimaryKey key
                        && key.columns().contains(column);
    }

    /** In the server's order: conditions as written, the primary key, other keys as written, foreign keys as written. */
    private List<Constraint> ownConstraints(Predicate<Constraint> which) {
        List<Constraint> all = new ArrayList<>();
        create.columns().forEach(column -> all.addAll(column.constraints()));
        all.addAll(create.constraints());
        return ColumnReplay.inOrder(all).stream().filter(which).toList();
    }

    private Catalog likeColumns(Catalog catalog, Like like) {
        Catalog after = catalog;
        List<Column> columns =
                catalog.table(like.table()).value().map(Table::columns).orElse(List.of());
        for (Column source : columns) {
            Column copy = Column.plain(source.name(), source.type(), Optional.of(false), now)
                    .withType(source.type(), source.collation());
            if (like.included().contains(Included.DEFAULTS)) {
                copy = copy.withDefault(source.defaultValue());
            }
            if (like.included().contains(Included.GENERATED)) {
                copy = copy.withGeneration(source.generatedAs(), source.generation());
            }
            if (like.included().contains(Included.IDENTITY) && source.identity()) {
                copy = copy.withIdentity(source.identityKind());
                after = after.with(new ColumnReplay(name, now).sequence(after, source.name(), true));
            }
            Column column = copy;
            after = after.changing(name, known -> known.adding(column));
        }
        return after;
    }

    private Catalog likeNotNulls(Catalog catalog, Like like) {
        ConstraintReplay constraints = new ConstraintReplay(name, true, false, now);
        Catalog after = catalog;
        for (TableConstraint constraint : constraints(catalog, like)) {
            if (constraint.kind() == Kind.NOT_NULL) {
                after = constraints.addNotNull(
                        after,
                        constraint.columns().get(0),
                        Optional.of(constraint.name()),
                        true,
                        constraint.noInherit());
            }
        }
        return after;
    }

    private static List<TableConstraint> constraints(Catalog catalog, Like like) {
        return catalog.table(like.table()).value().map(Table::constraints).orElse(List.of());
    }

    private Catalog likeConstraints(Catalog catalog, Like like) {
        Catalog after = catalog;
        for (TableConstraint constraint : constraints(catalog, like)) {
            if (constraint.kind() == Kind.CHECK && like.included().contains(Included.CONSTRAINTS)) {
                after = PartitionReplay.inherit(after, name, constraint.withLocal(true), now);
            }
        }
        return like.included().contains(Included.INDEXES) ? likeIndexes(after, like) : after;
    }

    private Catalog likeIndexes(Catalog catalog, Like like) {
        Catalog after = catalog;
        QualifiedName source = catalog.resolve(like.table());
        for (Index index : catalog.indexesOf(source)) {
            Optional<TableConstraint> backed = IndexReplay.constraint(catalog, index);
            Index copy = index.on(index.name(), name, Optional.empty(), now);
            QualifiedName copyName = IndexReplay.freeName(after, copy, backed.map(TableConstraint::kind));
            Catalog before = after;
            if (backed.filter(key -> key.kind() == Kind.PRIMARY_KEY).isPresent()) {
                for (String column : copy.keyColumns()) {
                    before = new ConstraintReplay(name, true, false, now)
                            .addNotNull(before, column, Optional.empty(), true, false);
                }
            }
            after = new IndexReplay(false, now)
                    .add(
                            before,
                            copy.withName(copyName),
                            backed.map(key -> key.withName(copyName.name()).withLocal(true)));
        }
        return after;
    }
}
