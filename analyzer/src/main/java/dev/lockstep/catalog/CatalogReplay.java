package dev.lockstep.catalog;

import dev.lockstep.sql.Identifier;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.Statement.CreateIndex;
import dev.lockstep.sql.Statement.CreateTable;
import dev.lockstep.sql.Statement.CreateTableAs;
import dev.lockstep.sql.Statement.Drop;
import dev.lockstep.sql.Statement.Rename;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a statement makes of the schema, if it succeeds. Never throws, whatever the statement. */
public final class CatalogReplay {

    private CatalogReplay() {}

    /** The catalog after {@code statement}, run at {@code now}. */
    public static Catalog apply(Catalog catalog, Statement statement, Moment now) {
        if (statement instanceof CreateTable create) {
            return createTable(catalog, create, now);
        }
        if (statement instanceof CreateTableAs create) {
            return createTableAs(catalog, create, now);
        }
        if (statement instanceof Statement.CreateView create) {
            return createView(catalog, create, now);
        }
        if (statement instanceof Statement.AlterTable alter) {
            return AlterTableReplay.apply(catalog, alter, now);
        }
        if (statement instanceof Rename rename) {
            return rename(catalog, rename);
        }
        if (statement instanceof Statement.SetSchema set) {
            return setSchema(catalog, set);
        }
        if (statement instanceof CreateIndex create) {
            return createIndex(catalog, create, now);
        }
        if (statement instanceof Drop drop) {
            return drop(catalog, drop);
        }
        if (statement instanceof Statement.SetParameter set) {
            return set.name().equals("search_path") ? catalog.withSearchPath(searchPath(set)) : catalog;
        }
        if (statement instanceof Statement.CreateSchema create) {
            return createSchema(catalog, create, now);
        }
        return changeRows(catalog, statement);
    }

    private static Catalog createTable(Catalog catalog, CreateTable create, Moment now) {
        QualifiedName name = catalog.created(create.table(), create.persistence());
        if (create.ifNotExists() && catalog.table(name).value().isPresent()) {
            return catalog;
        }
        Table table = new Table(
                name,
                create.partitioned() ? Table.Kind.PARTITIONED_TABLE : Table.Kind.TABLE,
                create.persistence(),
                List.of(),
                List.of(),
                create.parents().stream().map(catalog::resolve).toList(),
                create.likes().isEmpty() && create.parents().isEmpty(),
                RowEstimate.EMPTY,
                now);
        Catalog after = catalog.with(table);
        for (ObjectName parent : create.parents()) {
            if (create.partitionOf()) {
                after = after.changing(after.resolve(parent), known -> known.withKind(Table.Kind.PARTITIONED_TABLE));
            }
        }
        ConstraintReplay constraints = new ConstraintReplay(name, true, now);
        for (var column : create.columns()) {
            after = constraints.addColumn(after, column);
        }
        for (var constraint : create.constraints()) {
            after = constraints.add(after, constraint);
        }
        return after;
    }

    private static Catalog createTableAs(Catalog catalog, CreateTableAs create, Moment now) {
        QualifiedName name = catalog.created(create.table(), create.persistence());
        if (create.ifNotExists() && catalog.table(name).value().isPresent()) {
            return catalog;
        }
        return catalog.with(new Table(
                name,
                create.materializedView() ? Table.Kind.MATERIALIZED_VIEW : Table.Kind.TABLE,
                create.persistence(),
                List.of(),
                List.of(),
                List.of(),
                false,
                create.withData() ? RowEstimate.MANY : RowEstimate.EMPTY,
                now));
    }

    private static Catalog createView(Catalog catalog, Statement.CreateView create, Moment now) {
        QualifiedName name = catalog.created(create.view(), create.persistence());
        if (create.orReplace() && catalog.table(name).value().isPresent()) {
            return catalog;
        }
        return catalog.with(new Table(
                name,
                Table.Kind.VIEW,
                create.persistence(),
                List.of(),
                List.of(),
                List.of(),
                false,
                RowEstimate.EMPTY,
                now));
    }

    private static Catalog createIndex(Catalog catalog, CreateIndex create, Moment now) {
        QualifiedName table = catalog.resolve(create.table());
        String name = create.index().map(Identifier::name).orElseGet(() -> indexName(catalog, table, create));
        QualifiedName qualified = new QualifiedName(table.schema(), name);
        if (create.ifNotExists() && catalog.index(qualified).value().isPresent()) {
            return catalog;
        }
        return catalog.with(new Index(qualified, table, create.unique(), create.keys(), create.predicate(), now));
    }

    private static String indexName(Catalog catalog, QualifiedName table, CreateIndex create) {
        List<String> columns = GeneratedNames.indexColumns(create.keys(), create.included());
        return GeneratedNames.choose(
                table.name(), GeneratedNames.columns(columns), "idx", name -> catalog.isTaken(table, name));
    }

    private static Catalog drop(Catalog catalog, Drop drop) {
        Catalog after = catalog;
        for (ObjectName object : drop.objects()) {
            switch (drop.kind()) {
                case TABLE, VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE -> after = dropTable(after, after.resolve(object));
                case INDEX -> after = after.withoutIndex(after.resolve(object));
                case SCHEMA -> after = dropSchema(after, object.name());
                default -> {}
            }
        }
        return after;
    }

    /** Foreign keys that point to the table go with it (it needs CASCADE); so do its partitions. */
    private static Catalog dropTable(Catalog catalog, QualifiedName name) {
        Catalog after = catalog;
        for (Table child : catalog.childrenOf(name)) {
            after = dropTable(after, child.name());
        }
        for (Table child : after.referencing(name)) {
            after = after.with(child.withConstraints(child.constraints().stream()
                    .filter(constraint ->
                            constraint.referenced().filter(name::equals).isEmpty())
                    .toList()));
        }
        return after.without(name);
    }

    private static Catalog dropSchema(Catalog catalog, String schema) {
        Catalog after = catalog;
        for (Table table : catalog.tables()) {
            if (table.name().schema().equals(schema)) {
                after = dropTable(after, table.name());
            }
        }
        return after;
    }

    private static Catalog rename(Catalog catalog, Rename rename) {
        QualifiedName object = catalog.resolve(rename.object());
        return switch (rename.kind()) {
            // ALTER TABLE … RENAME TO works on indexes too.
            case TABLE, VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE ->
                catalog.index(object).value().isPresent()
                        ? renameIndex(catalog, object, rename.newName())
                        : move(catalog, object, new QualifiedName(object.schema(), rename.newName()));
            case INDEX -> renameIndex(catalog, object, rename.newName());
            case COLUMN ->
                rename.part()
                        .map(column -> renameColumn(catalog, object, column, rename.newName()))
                        .orElse(catalog);
            case TABLE_CONSTRAINT ->
                rename.part()
                        .map(constraint -> renameConstraint(catalog, object, constraint, rename.newName()))
                        .orElse(catalog);
            default -> catalog;
        };
    }

    private static Catalog renameIndex(Catalog catalog, QualifiedName from, String newName) {
        Optional<Index> index = catalog.index(from).value();
        if (index.isEmpty()) {
            return catalog.withoutIndex(from);
        }
        QualifiedName to = new QualifiedName(from.schema(), newName);
        return catalog.withoutIndex(from)
                .with(index.get().withName(to))
                .changing(
                        index.get().table(),
                        table -> table.changingConstraint(from.name(), constraint -> constraint.withName(newName)));
    }

    private static Catalog renameColumn(Catalog catalog, QualifiedName name, String column, String newName) {
        Catalog after = catalog.changing(
                name,
                table -> table.changing(column, found -> found.withName(newName))
                        .withConstraints(table.constraints().stream()
                                .map(constraint -> constraint.withColumns(used -> used.equals(column) ? newName : used))
                                .toList()));
        for (Index index : catalog.indexesOf(name)) {
            after = after.with(index.renaming(used -> used.equals(column) ? newName : used));
        }
        for (Table child : catalog.childrenOf(name)) {
            after = renameColumn(after, child.name(), column, newName);
        }
        return after;
    }

    private static Catalog renameConstraint(Catalog catalog, QualifiedName table, String constraint, String newName) {
        QualifiedName index = new QualifiedName(table.schema(), constraint);
        if (catalog.index(index).value().isPresent()) {
            return renameIndex(catalog, index, newName);
        }
        return catalog.changing(table, found -> found.changingConstraint(constraint, known -> known.withName(newName)));
    }

    private static Catalog setSchema(Catalog catalog, Statement.SetSchema set) {
        if (set.kind() != ObjectKind.TABLE
                && set.kind() != ObjectKind.VIEW
                && set.kind() != ObjectKind.MATERIALIZED_VIEW) {
            return catalog;
        }
        QualifiedName from = catalog.resolve(set.object());
        return move(catalog, from, new QualifiedName(set.newSchema(), from.name()));
    }

    /** The table under a new name; its indexes, its children and the foreign keys to it follow. */
    private static Catalog move(Catalog catalog, QualifiedName from, QualifiedName to) {
        Lookup<Table> found = catalog.table(from);
        if (found.isAbsent()) {
            return catalog;
        }
        Catalog after = catalog;
        List<Index> indexes = catalog.indexesOf(from);
        after = after.without(from)
                .with(found.value().orElseGet(() -> Table.existing(from)).withName(to));
        for (Index index : indexes) {
            QualifiedName name = new QualifiedName(to.schema(), index.name().name());
            after = after.with(index.withName(name).withTable(to));
        }
        for (Table child : catalog.childrenOf(from)) {
            after = after.changing(
                    child.name(),
                    table -> table.withParents(table.parents().stream()
                            .map(parent -> parent.equals(from) ? to : parent)
                            .toList()));
        }
        for (Table child : catalog.referencing(from)) {
            after = after.changing(
                    child.name().equals(from) ? to : child.name(),
                    table -> table.withConstraints(table.constraints().stream()
                            .map(constraint -> constraint.withReferenced(parent -> parent.equals(from) ? to : parent))
                            .toList()));
        }
        return after;
    }

    private static List<String> searchPath(Statement.SetParameter set) {
        List<String> schemas = set.values().stream()
                .filter(schema -> !schema.equals("$user") && !schema.equals("pg_catalog"))
                .toList();
        return schemas.isEmpty() ? List.of(Catalog.PUBLIC) : schemas;
    }

    private static Catalog createSchema(Catalog catalog, Statement.CreateSchema create, Moment now) {
        if (create.elements().isEmpty() || create.schema().isEmpty()) {
            return catalog;
        }
        List<String> path = catalog.searchPath();
        Catalog inside = catalog.withSearchPath(
                Stream.concat(create.schema().stream(), path.stream()).toList());
        for (Statement element : create.elements()) {
            inside = apply(inside, element, now);
        }
        return inside.withSearchPath(path);
    }

    private static Catalog changeRows(Catalog catalog, Statement statement) {
        Catalog after = catalog;
        for (Statement modification : modifications(statement)) {
            after = changeRows(after, modification);
        }
        if (statement instanceof Statement.Insert insert) {
            return fill(after, insert.table(), isWrittenOut(insert.source()) ? RowEstimate.FEW : RowEstimate.MANY);
        }
        if (statement instanceof Statement.Merge merge) {
            return fill(after, merge.table(), RowEstimate.MANY);
        }
        if (statement instanceof Statement.Copy copy
                && copy.from()
                && copy.table().isPresent()) {
            return fill(after, copy.table().get(), RowEstimate.MANY);
        }
        return after;
    }

    /** The data-modifying statements in the WITH clauses of a statement. */
    private static List<Statement> modifications(Statement statement) {
        if (statement instanceof Statement.Insert insert) {
            return insert.modifications();
        }
        if (statement instanceof Statement.Update update) {
            return update.modifications();
        }
        if (statement instanceof Statement.Delete delete) {
            return delete.modifications();
        }
        if (statement instanceof Statement.Merge merge) {
            return merge.reads().modifications();
        }
        return statement instanceof Statement.Select select ? select.query().modifications() : List.of();
    }

    /** VALUES lists hold what somebody typed; a query or a set-returning function may yield any number. */
    private static boolean isWrittenOut(Query source) {
        return source.relations().isEmpty()
                && source.modifications().isEmpty()
                && source.functions().stream().noneMatch(call -> call.name().equals("generate_series"));
    }

    private static Catalog fill(Catalog catalog, ObjectName name, RowEstimate rows) {
        QualifiedName table = catalog.resolve(name);
        Optional<Table> known = catalog.table(table).value();
        if (known.isEmpty() || known.get().rows().compareTo(rows) >= 0) {
            return catalog;
        }
        return catalog.with(known.get().withRows(rows));
    }
}
