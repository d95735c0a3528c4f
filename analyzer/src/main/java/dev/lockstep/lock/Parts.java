package dev.lockstep.lock;

import dev.lockstep.catalog.AlterStep;
import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CatalogReplay;
import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.lock.Part.Code;
import dev.lockstep.lock.Part.Missing;
import dev.lockstep.lock.Part.Read;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.AttachedStatement;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.ObjectStatement;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.SessionStatement;
import dev.lockstep.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Takes a statement apart into the relations it names. */
final class Parts {

    private final Catalog catalog;
    private final Relations relations;
    private final CodeParts code;
    private final List<Part> parts = new ArrayList<>();

    private Parts(Catalog catalog) {
        this.catalog = catalog;
        this.relations = new Relations(catalog);
        this.code = new CodeParts(catalog, relations);
    }

    static List<Part> of(Statement statement, Catalog catalog, Settings settings) {
        Parts collected = new Parts(catalog);
        collected.add(statement);
        settings.now().ifPresent(now -> collected.addFresh(statement, now));
        return List.copyOf(collected.parts);
    }

    static List<Part> of(Statement.Drop drop, ObjectName object, Catalog catalog) {
        Parts collected = new Parts(catalog);
        collected.addDropped(drop, object);
        return List.copyOf(collected.parts);
    }

    static List<Part> of(Statement.AlterTable alter, AlterAction action, Catalog catalog) {
        Parts collected = new Parts(catalog);
        collected.addAlter(alter, action::equals);
        return List.copyOf(collected.parts);
    }

    private void add(Statement statement) {
        if (statement instanceof Statement.AlterTable alter) {
            addAlter(alter, action -> true);
        } else if (statement instanceof Statement.Drop drop) {
            drop.objects().forEach(object -> addDropped(drop, object));
        } else if (statement instanceof Statement.Truncate truncate) {
            addEach(truncate, truncate.tables(), truncate.only());
        } else if (statement instanceof SessionStatement session) {
            addSession(session);
        } else if (statement instanceof ObjectStatement object) {
            addObject(object);
        } else if (statement instanceof AttachedStatement attached) {
            addExisting(attached, attached.table(), ObjectKind.TABLE, false, false);
        } else if (statement instanceof Statement.Rename rename) {
            addRename(rename);
        } else if (statement instanceof Statement.SetSchema set) {
            addExisting(set, set.object(), set.kind(), set.ifExists(), false);
        } else if (statement instanceof Statement.CreateIndex create) {
            addExisting(create, create.table(), ObjectKind.TABLE, false, create.only());
        } else if (statement instanceof Statement.Reindex reindex) {
            addReindex(reindex);
        } else if (statement instanceof Statement.Vacuum vacuum) {
            addVacuum(vacuum);
        } else {
            addQueries(statement);
        }
        parts.addAll(MissingNames.of(statement, catalog));
    }

    private void addAlter(Statement.AlterTable alter, Predicate<AlterAction> wanted) {
        QualifiedName target = catalog.resolve(alter.table());
        if (isMissing(target, alter.kind())) {
            parts.add(new Part(new Missing(alter.kind(), alter.ifExists()), alter, target, alter.only()));
            return;
        }
        for (AlterStep step : CatalogReplay.steps(catalog, alter)) {
            if (wanted.test(step.action())) {
                parts.add(new Part(step.action(), alter, target, alter.only(), Optional.of(step.before())));
                parts.addAll(MissingNames.of(alter, step));
            }
        }
        if (alter.kind() == ObjectKind.TYPE) {
            alter.actions().stream().filter(wanted).filter(Parts::cascades).forEach(action -> addTyped(alter, action));
        }
    }

    /** CASCADE makes an attribute's change one of the tables of the type. */
    private void addTyped(Statement.AlterTable alter, AlterAction action) {
        for (Table table : typedTables(alter.table())) {
            for (AlterStep step : CatalogReplay.steps(catalog, CatalogReplay.onTable(alter, action, table.name()))) {
                parts.add(new Part(step.action(), alter, table.name(), false, Optional.of(step.before())));
            }
        }
    }

    private List<Table> typedTables(ObjectName type) {
        return catalog.tablesOf(new Dependents(catalog).typeNamed(catalog.resolve(type)));
    }

    private static boolean cascades(AlterAction action) {
        return action instanceof AlterAction.AddColumn add && add.cascade()
                || action instanceof AlterAction.DropColumn drop && drop.cascade()
                || action instanceof AlterAction.AlterColumnType change && change.cascade();
    }

    private void addFresh(Statement statement, Moment now) {
        Set<Part.FreshValue> values = new LinkedHashSet<>(FreshValues.of(statement, catalog, now));
        if (statement instanceof Statement.AlterTable alter) {
            QualifiedName target = catalog.resolve(alter.table());
            CatalogReplay.steps(catalog, alter)
                    .forEach(step -> values.addAll(FreshValues.of(step.action(), target, step.before(), now)));
        }
        values.forEach(value -> parts.add(new Part(value, statement, Part.NO_RELATION, false)));
    }

    private void addDropped(Statement.Drop drop, ObjectName object) {
        if (drop.table().isPresent()) {
            addExisting(drop, drop.table().get(), ObjectKind.TABLE, drop.ifExists(), false);
        } else {
            addExisting(drop, object, drop.kind(), drop.ifExists(), false);
        }
    }

    private void addRename(Statement.Rename rename) {
        ObjectKind kind = switch (rename.kind()) {
            case TABLE_CONSTRAINT, TRIGGER, POLICY, RULE -> ObjectKind.TABLE;
            default -> rename.part().isPresent() ? rename.relationKind() : rename.kind();
        };
        addExisting(rename, rename.object(), kind, rename.ifExists(), false);
        if (rename.kind() == ObjectKind.TYPE_ATTRIBUTE && rename.cascade()) {
            for (Table table : typedTables(rename.object())) {
                parts.add(new Part(rename, rename, table.name(), false));
            }
        }
    }

    private void addReindex(Statement.Reindex reindex) {
        switch (reindex.target()) {
            case TABLE, INDEX ->
                reindex.object()
                        .ifPresent(object -> addExisting(
                                reindex,
                                object,
                                reindex.target() == Statement.Reindex.Target.INDEX
                                        ? ObjectKind.INDEX
                                        : ObjectKind.TABLE,
                                false,
                                false));
            case SCHEMA, DATABASE, SYSTEM ->
                parts.add(new Part(
                        reindex,
                        reindex,
                        reindex.object()
                                .map(object -> new QualifiedName(object.name(), ""))
                                .orElse(Part.NO_RELATION),
                        false));
        }
    }

    private void addVacuum(Statement.Vacuum vacuum) {
        if (!vacuum.tables().isEmpty()) {
            addEach(vacuum, vacuum.tables(), Set.of());
            return;
        }
        parts.add(Part.of(vacuum));
        for (Table table : catalog.tables()) {
            if (table.kind() != Table.Kind.VIEW) {
                parts.add(new Part(vacuum, vacuum, table.name(), false));
            }
        }
    }

    private void addSession(SessionStatement statement) {
        if (statement instanceof SessionStatement.LockTable lock) {
            addEach(lock, lock.tables(), lock.only());
        } else if (statement instanceof SessionStatement.RefreshMaterializedView refresh) {
            addExisting(refresh, refresh.view(), ObjectKind.MATERIALIZED_VIEW, false, false);
        } else if (statement instanceof SessionStatement.Cluster cluster) {
            cluster.table()
                    .ifPresentOrElse(
                            table -> addExisting(cluster, table, ObjectKind.TABLE, false, false),
                            () -> parts.add(Part.of(cluster)));
        } else if (statement instanceof SessionStatement.Explain explain) {
            parts.add(Part.of(explain));
            add(explain.statement());
        } else if (statement instanceof SessionStatement.Prepare prepare) {
            parts.add(Part.of(prepare));
            if (prepare.statement() instanceof Statement.Select select) {
                addReads(prepare, select.query(), false);
            }
        } else if (statement instanceof SessionStatement.DeclareCursor declare) {
            parts.add(Part.of(declare));
            addReads(declare, declare.query(), true);
        } else {
            parts.add(Part.of(statement));
        }
    }

    private void addObject(ObjectStatement statement) {
        if (statement instanceof ObjectStatement.Publication publication) {
            parts.add(Part.of(publication));
            addEach(publication, publication.tables(), Set.of());
        } else if (statement instanceof ObjectStatement.Grant grant
                && new Missing(grant.kind(), false).isRelation()
                && !grant.allInSchemas()) {
            addEach(grant, grant.objects(), Set.of());
        } else if (statement instanceof ObjectStatement.Comment comment) {
            addExisting(comment, comment.object(), comment.kind(), false, false);
        } else if (statement instanceof ObjectStatement.AlterSequence alter) {
            addExisting(alter, alter.sequence(), ObjectKind.SEQUENCE, alter.ifExists(), false);
        } else {
            parts.add(Part.of(statement));
        }
    }

    private void addQueries(Statement statement) {
        if (statement instanceof Statement.Insert insert) {
            addChanged(insert, insert.table(), false);
            addReads(insert, insert.source(), true);
            insert.modifications().forEach(this::add);
        } else if (statement instanceof Statement.Update update) {
            addChanged(update, update.table(), update.only());
            addReads(update, update.reads(), true);
            update.modifications().forEach(this::add);
        } else if (statement instanceof Statement.Delete delete) {
            addChanged(delete, delete.table(), delete.only());
            addReads(delete, delete.reads(), true);
            delete.modifications().forEach(this::add);
        } else if (statement instanceof Statement.Merge merge) {
            addChanged(merge, merge.table(), merge.only());
            addReads(merge, merge.reads(), true);
        } else if (statement instanceof Statement.Select select) {
            parts.add(Part.of(select));
            addReads(select, select.query(), true);
            select.query().modifications().forEach(this::add);
        } else if (statement instanceof Statement.Copy copy) {
            copy.table().ifPresent(table -> addChanged(copy, table, false));
            if (copy.table().isEmpty()) {
                parts.add(Part.of(copy));
                addReads(copy, copy.query(), true);
            }
        } else if (statement instanceof Statement.CreateTableAs create) {
            boolean exists = create.ifNotExists()
                    && catalog.table(catalog.resolve(create.table())).value().isPresent();
            parts.add(Part.of(create));
            addReads(create, create.query(), create.withData() && !exists);
        } else if (statement instanceof Statement.CreateView create) {
            parts.add(new Part(create, create, catalog.resolve(create.view()), false));
            addReads(create, create.query(), false);
        } else if (statement instanceof Statement.CreateTable create) {
            parts.add(new Part(create, create, catalog.resolve(create.table()), false));
        } else if (statement instanceof Statement.CreateSchema create) {
            parts.add(Part.of(create));
            create.elements().forEach(this::add);
        } else if (statement instanceof RoutineStatement.DoBlock block) {
            addCode(block, List.of(code.block(block)));
        } else if (statement instanceof RoutineStatement.Call call) {
            addCode(call, List.of(code.call(call)));
        } else if (statement instanceof RoutineStatement.CreateFunction create) {
            parts.add(Part.of(create));
            create.body()
                    .map(RoutineStatement.Body::problems)
                    .filter(problems -> !problems.isEmpty())
                    .ifPresent(problems -> addCode(create, List.of(Code.refused(problems))));
        } else {
            parts.add(Part.of(statement));
        }
    }

    private void addCode(Statement statement, List<Code> found) {
        found.stream()
                .map(one -> new Part(one, statement, Part.NO_RELATION, false))
                .forEach(parts::add);
    }

    /** A table whose rows change, and its triggers. */
    private void addChanged(Statement statement, ObjectName table, boolean only) {
        addExisting(statement, table, ObjectKind.TABLE, false, only);
        addCode(statement, code.triggers(statement, catalog.resolve(table)));
    }

    private void addReads(Statement statement, Query query, boolean executed) {
        if (executed) {
            addCode(statement, code.functions(query));
        }
        for (Query.Source source : query.sources()) {
            ObjectName relation = source.relation();
            if (isSystem(relation)) {
                continue;
            }
            Read read = new Read(executed, executed && source.rowsLocked());
            if (isMissing(catalog.resolve(relation), ObjectKind.TABLE)) {
                parts.add(new Part(new Missing(ObjectKind.TABLE, false), statement, catalog.resolve(relation), false));
            } else {
                parts.add(new Part(read, statement, catalog.resolve(relation), source.only()));
            }
        }
    }

    private static boolean isSystem(ObjectName relation) {
        Optional<String> schema = relation.schema();
        return schema.isPresent()
                ? schema.get().startsWith("pg_") || schema.get().equals("information_schema")
                : relation.name().startsWith("pg_");
    }

    private void addEach(Statement statement, Collection<ObjectName> relations, Set<ObjectName> only) {
        for (ObjectName relation : relations) {
            addExisting(statement, relation, ObjectKind.TABLE, false, only.contains(relation));
        }
    }

    private void addExisting(Statement statement, ObjectName name, ObjectKind kind, boolean ifExists, boolean only) {
        QualifiedName target = catalog.resolve(name);
        Object subject = isMissing(target, kind) ? new Missing(kind, ifExists) : statement;
        parts.add(new Part(subject, statement, target, only));
    }

    private boolean isMissing(QualifiedName target, ObjectKind kind) {
        return new Missing(kind, false).isRelation()
                && !relations.exists(target)
                && catalog.table(target).isAbsent();
    }
}
