package dev.lockstep.catalog;

import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.AttachedStatement;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.ObjectStatement;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.SessionStatement;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.Statement.CreateTable;
import dev.lockstep.sql.Statement.CreateTableAs;
import dev.lockstep.sql.Statement.Drop;
import dev.lockstep.sql.TypeStatement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a statement makes of the schema, if it succeeds. Never throws, whatever the statement. */
public final class CatalogReplay {

    private CatalogReplay() {}

    /** The catalog after {@code statement}, run at {@code now}. */
    public static Catalog apply(Catalog catalog, Statement statement, Moment now) {
        return apply(catalog, statement, now, Calls.none());
    }

    /** The same, of a statement of code that was called so. */
    static Catalog apply(Catalog catalog, Statement statement, Moment now, Calls calls) {
        if (statement instanceof CreateTable create) {
            return TableReplay.create(catalog, create, now);
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
        if (statement instanceof Statement.Rename rename) {
            return RenameReplay.rename(catalog, rename);
        }
        if (statement instanceof Statement.SetSchema set) {
            return RenameReplay.setSchema(catalog, set);
        }
        if (statement instanceof Statement.CreateIndex create) {
            return IndexReplay.create(catalog, create, now);
        }
        if (statement instanceof Drop drop) {
            return drop(catalog, drop);
        }
        if (statement instanceof Statement.CreateSchema create) {
            return createSchema(catalog, create, now);
        }
        if (statement instanceof Statement.SetParameter set) {
            return setParameter(catalog, set);
        }
        if (statement instanceof Statement.Grouped grouped) {
            return applyGrouped(catalog, grouped, now, calls);
        }
        return RowReplay.apply(call(setConfig(catalog, statement), statement, now, calls), statement);
    }

    /** The actions of an ALTER TABLE, in the order the server runs them, which is not always that of the text. */
    public static List<AlterStep> steps(Catalog catalog, Statement.AlterTable alter) {
        return AlterTableReplay.steps(catalog, alter);
    }

    /** What ALTER TYPE … CASCADE does to one of the tables of the type. */
    public static Statement.AlterTable onTable(Statement.AlterTable alter, AlterAction action, QualifiedName table) {
        return TypeReplay.onTable(alter, action, table);
    }

    /** What the functions make that a query calls once: {@code SELECT make_partition('2026-01')}. */
    private static Catalog call(Catalog catalog, Statement statement, Moment now, Calls calls) {
        if (!(statement instanceof Statement.Select select)) {
            return catalog;
        }
        Catalog after = catalog;
        for (Query.Output output : select.query().outputs()) {
            Optional<Invocation> called = output.value() instanceof Expression.FunctionCall call
                    ? Invocation.of(call, after).filter(calls::canReach)
                    : Optional.empty();
            if (called.isPresent()) {
                CodeRun run = new CodeReplay(called.get(), calls.to(called.get())).run(after, now);
                after = select.query().sources().isEmpty() ? run.after() : after.join(run.after());
            }
        }
        return after;
    }

    private static Catalog applyGrouped(Catalog catalog, Statement.Grouped statement, Moment now, Calls calls) {
        if (statement instanceof TypeStatement type) {
            return TypeReplay.apply(catalog, type, now);
        }
        if (statement instanceof RoutineStatement routine) {
            return RoutineReplay.apply(catalog, routine, now, calls);
        }
        if (statement instanceof AttachedStatement attached) {
            return AttachedReplay.apply(catalog, attached);
        }
        if (statement instanceof ObjectStatement.CreateSequence create) {
            return createSequence(catalog, create, now);
        }
        if (statement instanceof ObjectStatement.AlterSequence alter) {
            QualifiedName name = catalog.resolve(alter.sequence());
            return alter.ownedBy().isEmpty()
                    ? catalog
                    : catalog.sequence(name)
                            .value()
                            .map(sequence -> catalog.with(sequence.withOwner(
                                    owner(catalog, alter.ownedBy().get()))))
                            .orElse(catalog);
        }
        if (statement instanceof ObjectStatement.CreateExtension
                || statement instanceof ObjectStatement.ImportForeignSchema
                || statement instanceof ObjectStatement.Owned
                || statement instanceof SessionStatement.Execute) {
            return catalog.withComplete(false);
        }
        if (statement instanceof ObjectStatement.CreateObject create && create.kind() == ObjectKind.TYPE) {
            return catalog.with(new UserType.OtherType(catalog.created(create.object()), now));
        }
        if (statement instanceof SessionStatement.Session session) {
            return switch (session.kind()) {
                case DISCARD_ALL -> catalog.inNewSession();
                default -> catalog;
            };
        }
        return RowReplay.apply(catalog, statement);
    }

    private static Catalog createTableAs(Catalog catalog, CreateTableAs create, Moment now) {
        QualifiedName name = catalog.created(create.table(), create.persistence());
        if (create.ifNotExists() && catalog.isRelation(name)) {
            return catalog;
        }
        QueryShape shape = new QueryShape(catalog, create.query(), now);
        Optional<List<Column>> columns = shape.columns(create.columns());
        Table.Kind kind = create.materializedView() ? Table.Kind.MATERIALIZED_VIEW : Table.Kind.TABLE;
        Table table = Table.made(name, kind, create.persistence(), now)
                .withColumns(columns.orElse(List.of()))
                .withComplete(columns.isPresent())
                .withRows(create.withData() ? RowEstimate.MANY : RowEstimate.EMPTY);
        Catalog after = catalog.with(
                create.materializedView()
                        ? table.withDefinition(new Table.Definition(shape.reads(), shape.calls()))
                        : table);
        return create.dropOnCommit() ? after.withSearchPath(path -> path.droppingAtCommit(name)) : after;
    }

    /** A view replaced is the one there was. */
    private static Catalog createView(Catalog catalog, Statement.CreateView create, Moment now) {
        QualifiedName name = catalog.created(create.view(), create.persistence());
        QueryShape shape = new QueryShape(catalog, create.query(), now);
        Optional<List<Column>> columns = shape.columns(create.columns());
        Table.Definition definition = new Table.Definition(shape.reads(), shape.calls());
        Optional<Table> replaced = catalog.table(name).value().filter(known -> create.orReplace());
        Table view = replaced.orElseGet(() -> Table.made(name, Table.Kind.VIEW, create.persistence(), now))
                .withKind(Table.Kind.VIEW);
        return catalog.with(view.withDefinition(definition)
                .withColumns(columns.orElse(List.of()))
                .withComplete(columns.isPresent()));
    }

    private static Catalog createSequence(Catalog catalog, ObjectStatement.CreateSequence create, Moment now) {
        QualifiedName name = catalog.created(create.sequence(), create.persistence());
        if (create.ifNotExists() && catalog.isRelation(name)) {
            return catalog;
        }
        return catalog.with(new Sequence(name, create.ownedBy().flatMap(owner -> owner(catalog, owner)), false, now));
    }

    private static Optional<Sequence.Owner> owner(Catalog catalog, ObjectStatement.SequenceOwner owner) {
        return owner.table().map(table -> new Sequence.Owner(catalog.resolve(table), owner.column()));
    }

    private static Catalog drop(Catalog catalog, Drop drop) {
        Catalog after = catalog;
        for (int i = 0; i < drop.objects().size(); i++) {
            ObjectName object = drop.objects().get(i);
            switch (drop.kind()) {
                case TABLE, VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE, INDEX, SEQUENCE ->
                    after = Removal.relation(after, after.resolve(object));
                case TYPE, DOMAIN -> after = Removal.type(after, after.resolveType(object));
                case SCHEMA -> after = Removal.schema(after, object.name());
                case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> {
                    for (Routine routine :
                            RoutineReplay.meant(after, object, drop.arguments().get(i))) {
                        after = Removal.routine(after, routine);
                    }
                }
                default -> {}
            }
        }
        return switch (drop.kind()) {
            case TRIGGER, POLICY, RULE -> AttachedReplay.drop(after, drop);
            default -> after;
        };
    }

    private static Catalog createSchema(Catalog catalog, Statement.CreateSchema create, Moment now) {
        if (create.schema().isEmpty()) {
            return catalog;
        }
        QualifiedName name = Schema.named(create.schema().get());
        Catalog with = catalog.schema(name.name()).value().isPresent() ? catalog : catalog.with(new Schema(name, now));
        if (create.elements().isEmpty()) {
            return with;
        }
        Catalog inside = with.withSearchPath(path -> path.set(
                Stream.concat(create.schema().stream(), path.schemas().stream()).toList(), false));
        for (Statement element : create.elements()) {
            inside = apply(inside, element, now);
        }
        return inside.withSearchPath(path -> path.set(catalog.searchPath(), false));
    }

    private static Catalog setParameter(Catalog catalog, Statement.SetParameter set) {
        if (set.name().equals("all") && set.reset()) {
            return catalog.withSearchPath(path -> path.set(List.of(Catalog.PUBLIC), false));
        }
        return set.name().equals("search_path")
                ? catalog.withSearchPath(path -> path.set(schemas(set.values()), set.local()))
                : catalog;
    }

    /** No values mean DEFAULT. Nobody knows the user, and {@code pg_catalog} holds nothing a migration makes. */
    private static List<String> schemas(List<String> values) {
        return values.isEmpty()
                ? List.of(Catalog.PUBLIC)
                : values.stream()
                        .filter(schema -> !schema.isEmpty() && !schema.equals("$user") && !schema.equals("pg_catalog"))
                        .toList();
    }

    /** {@code SELECT set_config('search_path', …)}, as dumps do it. */
    private static Catalog setConfig(Catalog catalog, Statement statement) {
        if (!(statement instanceof Statement.Select select)) {
            return catalog;
        }
        Catalog after = catalog;
        for (Query.Output output : select.query().outputs()) {
            if (output.value() instanceof Expression.FunctionCall call
                    && call.name().equals("set_config")
                    && call.arguments().size() == 3
                    && text(call.arguments().get(0))
                            .filter("search_path"::equals)
                            .isPresent()) {
                Optional<String> value = text(call.arguments().get(1));
                boolean local =
                        text(call.arguments().get(2)).filter("true"::equals).isPresent();
                after = value.isEmpty()
                        ? after
                        : after.withSearchPath(path -> path.set(schemas(List.copyOf(listed(value.get()))), local));
            }
        }
        return after;
    }

    /** An empty list is a search path without schemas, not the default one. */
    private static List<String> listed(String value) {
        List<String> parts = QualifiedName.parts(value.replace(',', ' '));
        return parts.isEmpty() ? List.of("") : parts;
    }

    private static Optional<String> text(Expression expression) {
        return expression instanceof Expression.Literal literal ? Optional.of(literal.text()) : Optional.empty();
    }
}
