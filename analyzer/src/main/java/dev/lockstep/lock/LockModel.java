package dev.lockstep.lock;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Predicts what a statement does to the running database. Thread-safe; never throws, and says unknown where it does not know. */
public final class LockModel {

    private final Map<Class<?>, List<LockRow<?>>> rows =
            LockTable.ROWS.stream().collect(Collectors.groupingBy(LockRow::subject));

    /** The worst that {@code statement} does on any of {@code versions}. */
    public Footprint footprint(Statement statement, Catalog catalog, Collection<PgVersion> versions) {
        return worst(versions, version -> footprint(statement, catalog, version));
    }

    /** The worst that one action does on any of {@code versions}. */
    public Footprint footprint(
            Statement.AlterTable alter, AlterAction action, Catalog catalog, Collection<PgVersion> versions) {
        return worst(versions, version -> footprint(alter, action, catalog, version));
    }

    /** The worst that a DROP of one of its objects does on any of {@code versions}. */
    public Footprint footprint(
            Statement.Drop drop, ObjectName object, Catalog catalog, Collection<PgVersion> versions) {
        return worst(versions, version -> evaluate(drop, catalog.resolve(object), false, catalog, version));
    }

    private static Footprint worst(
            Collection<PgVersion> versions, java.util.function.Function<PgVersion, Footprint> footprint) {
        return versions.stream().map(footprint).reduce(Footprint::and).orElse(Footprint.UNKNOWN);
    }

    private Footprint footprint(Statement statement, Catalog catalog, PgVersion version) {
        if (statement instanceof Statement.AlterTable alter) {
            return alter.actions().stream()
                    .map(action -> footprint(alter, action, catalog, version))
                    .reduce(Footprint.NONE, Footprint::and);
        }
        if (statement instanceof Statement.Drop drop) {
            return drop.objects().stream()
                    .map(object -> evaluate(drop, catalog.resolve(object), false, catalog, version))
                    .reduce(Footprint.NONE, Footprint::and);
        }
        return target(statement)
                .map(target -> evaluate(statement, catalog.resolve(target), isOnly(statement), catalog, version))
                .orElse(Footprint.UNKNOWN);
    }

    private Footprint footprint(Statement.AlterTable alter, AlterAction action, Catalog catalog, PgVersion version) {
        return evaluate(action, catalog.resolve(alter.table()), alter.only(), catalog, version);
    }

    private static Optional<ObjectName> target(Statement statement) {
        if (statement instanceof Statement.CreateIndex create) {
            return Optional.of(create.table());
        }
        if (statement instanceof Statement.Rename rename) {
            return Optional.of(rename.object());
        }
        if (statement instanceof Statement.Reindex reindex) {
            return reindex.object();
        }
        if (statement instanceof Statement.Insert insert) {
            return Optional.of(insert.table());
        }
        if (statement instanceof Statement.Update update) {
            return Optional.of(update.table());
        }
        if (statement instanceof Statement.Delete delete) {
            return Optional.of(delete.table());
        }
        return Optional.empty();
    }

    private static boolean isOnly(Statement statement) {
        return statement instanceof Statement.CreateIndex create && create.only();
    }

    private <S> Footprint evaluate(S subject, QualifiedName target, boolean only, Catalog catalog, PgVersion version) {
        Situation<S> situation = new Situation<>(subject, target, only, catalog, version);
        return rows.getOrDefault(subject.getClass(), List.of()).stream()
                .filter(row -> row.covers(version))
                .map(LockModel::<S>typed)
                .filter(row -> row.applies().test(situation))
                .map(row -> row.footprint(situation))
                .reduce(Footprint::and)
                .orElse(Footprint.UNKNOWN);
    }

    /** Rows are grouped by their subject's class, so a row found under it is a row about it. */
    @SuppressWarnings("unchecked")
    private static <S> LockRow<S> typed(LockRow<?> row) {
        return (LockRow<S>) row;
    }
}
