package dev.lockstep.lock;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CodeRun.Step;
import dev.lockstep.lock.Part.Code;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.SessionStatement;
import dev.lockstep.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Predicts what a statement does to the running database. Thread-safe; never throws, and says unknown where it does not know. */
public final class LockModel {

    /** Code called from deeper is not known. */
    private static final int DEEPEST = 8;

    private static final int MOST_STATEMENTS = 20_000;

    private final List<LockRow<?>> rows;
    private final Map<Class<?>, List<LockRow<?>>> rowsBySubject = new ConcurrentHashMap<>();

    public LockModel() {
        this(LockTable.rows());
    }

    LockModel(List<LockRow<?>> rows) {
        this.rows = rows;
    }

    /** The worst that {@code statement} does on any of {@code versions}, whatever the settings. */
    public Footprint footprint(Statement statement, Catalog catalog, Collection<PgVersion> versions) {
        return footprint(statement, catalog, versions, Settings.UNKNOWN);
    }

    /** The worst that {@code statement} does on any of {@code versions}. */
    public Footprint footprint(
            Statement statement, Catalog catalog, Collection<PgVersion> versions, Settings settings) {
        List<Part> parts = Parts.of(statement, catalog, settings);
        return worst(
                versions, version -> footprint(statement, parts, new Setting(catalog, version, settings, callers())));
    }

    /** The same, apart from what the statements of the code do that it runs. */
    public Footprint footprintApartFromCode(
            Statement statement, Catalog catalog, Collection<PgVersion> versions, Settings settings) {
        List<Part> parts = Parts.of(statement, catalog, settings);
        return worst(
                versions,
                version -> parts.stream()
                        .map(part -> part.subject() instanceof Code code
                                        && code.run().isPresent()
                                        && code.problems().isEmpty()
                                ? new CodeFootprint(code, catalog).whole()
                                : evaluate(part, new Setting(catalog, version, settings, callers())))
                        .reduce(Footprint::and)
                        .orElse(Footprint.UNKNOWN));
    }

    /** Where a statement is judged: {@code callers} is the code that runs it. */
    private record Setting(Catalog catalog, PgVersion version, Settings settings, Callers callers) {

        Setting in(Code code, Catalog other) {
            return new Setting(other, version, settings, callers.with(code.name()));
        }
    }

    /** The code that runs, outermost first, and how many more of its statements are judged: code may call code that calls code. */
    private record Callers(List<String> names, AtomicInteger statementsLeft) {

        Callers with(String name) {
            return new Callers(Relations.concat(names, List.of(name)), statementsLeft);
        }
    }

    private static Callers callers() {
        return new Callers(List.of(), new AtomicInteger(MOST_STATEMENTS));
    }

    private Footprint footprint(Statement statement, List<Part> parts, Setting setting) {
        Footprint footprint = together(parts, setting);
        return statement instanceof SessionStatement.Explain explain && !explain.analyze()
                ? footprint.withoutWork()
                : footprint;
    }

    /** The worst that one action does on any of {@code versions}. */
    public Footprint footprint(
            Statement.AlterTable alter, AlterAction action, Catalog catalog, Collection<PgVersion> versions) {
        return footprint(alter, action, catalog, versions, Settings.UNKNOWN);
    }

    /** The worst that one action does on any of {@code versions}. */
    public Footprint footprint(
            Statement.AlterTable alter,
            AlterAction action,
            Catalog catalog,
            Collection<PgVersion> versions,
            Settings settings) {
        List<Part> parts = Parts.of(alter, action, catalog);
        return worst(versions, version -> together(parts, new Setting(catalog, version, settings, callers())));
    }

    /** The worst that a DROP of one of its objects does on any of {@code versions}. */
    public Footprint footprint(
            Statement.Drop drop, ObjectName object, Catalog catalog, Collection<PgVersion> versions) {
        List<Part> parts = Parts.of(drop, object, catalog);
        return worst(versions, version -> together(parts, new Setting(catalog, version, Settings.UNKNOWN, callers())));
    }

    private static Footprint worst(Collection<PgVersion> versions, Function<PgVersion, Footprint> footprint) {
        return versions.stream().map(footprint).reduce(Footprint::and).orElse(Footprint.UNKNOWN);
    }

    private Footprint together(List<Part> parts, Setting setting) {
        return parts.stream()
                .map(part -> evaluate(part, setting))
                .reduce(Footprint::and)
                .orElse(Footprint.UNKNOWN);
    }

    private Footprint evaluate(Part part, Setting setting) {
        if (part.subject() instanceof Code code) {
            return code(code, setting);
        }
        return rows(part.subject().getClass()).stream()
                .filter(row -> row.covers(setting.version()))
                .map(LockModel::<Object>typed)
                .map(row -> evaluate(row, part, setting.catalog(), setting.version(), setting.settings()))
                .flatMap(List::stream)
                .reduce(Footprint::and)
                .map(footprint -> withoutMade(footprint, part, setting.catalog()))
                .orElse(part.isOnlyChecked() ? Footprint.NONE : Footprint.UNKNOWN);
    }

    /** What code does, statement by statement. Code that is running already adds nothing when it calls itself. */
    private Footprint code(Code code, Setting setting) {
        if (setting.callers().names().contains(code.name())) {
            return Footprint.NONE;
        }
        if (!code.problems().isEmpty()) {
            return CodeFootprint.refused(code);
        }
        if (code.run().isEmpty() || setting.callers().names().size() == DEEPEST) {
            return Footprint.UNKNOWN;
        }
        CodeFootprint footprint = new CodeFootprint(code, setting.catalog());
        for (Step step : code.run().get().steps()) {
            if (setting.callers().statementsLeft().decrementAndGet() < 0) {
                return Footprint.UNKNOWN;
            }
            footprint.add(
                    step,
                    footprint(
                            step.statement(),
                            Parts.of(step.statement(), step.before(), setting.settings()),
                            setting.in(code, step.before())));
        }
        return footprint.whole();
    }

    /** Nobody waits for what the statement itself made. */
    private static Footprint withoutMade(Footprint footprint, Part part, Catalog catalog) {
        return part.within()
                .filter(within -> within != catalog)
                .map(Relations::new)
                .map(within -> footprint.without(
                        relation -> within.exists(relation) && !new Relations(catalog).exists(relation)))
                .orElse(footprint);
    }

    /** What one row says, if it speaks of the part. */
    private static List<Footprint> evaluate(
            LockRow<Object> row, Part part, Catalog catalog, PgVersion version, Settings settings) {
        Situation<Object> situation = situation(part, catalog, version, settings);
        return row.applies().test(situation) ? List.of(row.footprint(situation)) : List.of();
    }

    private static Situation<Object> situation(Part part, Catalog catalog, PgVersion version, Settings settings) {
        return new Situation<>(
                part.subject(),
                part.statement(),
                part.target(),
                part.only(),
                part.within().orElse(catalog),
                version,
                settings);
    }

    /** The parts of {@code statement} that the row speaks of. */
    static <S> List<Situation<S>> situations(
            LockRow<S> row, Statement statement, Catalog catalog, PgVersion version, Settings settings) {
        return situations(row, Parts.of(statement, catalog, settings), catalog, version, settings);
    }

    /** Those of the parts of a statement that the row speaks of. */
    static <S> List<Situation<S>> situations(
            LockRow<S> row, List<Part> parts, Catalog catalog, PgVersion version, Settings settings) {
        if (!row.covers(version)) {
            return List.of();
        }
        LockRow<Object> anyRow = typed(row);
        return parts.stream()
                .filter(part -> row.subject().isInstance(part.subject()))
                .map(part -> situation(part, catalog, version, settings))
                .filter(anyRow.applies())
                .map(LockModel::<S>about)
                .toList();
    }

    /** The subject was seen to be of the type. */
    @SuppressWarnings("unchecked")
    private static <S> Situation<S> about(Situation<Object> situation) {
        return (Situation<S>) (Situation<?>) situation;
    }

    private List<LockRow<?>> rows(Class<?> subject) {
        return rowsBySubject.computeIfAbsent(
                subject,
                wanted -> rows.stream()
                        .filter(row -> row.subject().isAssignableFrom(wanted))
                        .toList());
    }

    /** Rows are chosen by their subject's class, so a row chosen for a part speaks of it. */
    @SuppressWarnings("unchecked")
    private static <S> LockRow<S> typed(LockRow<?> row) {
        return (LockRow<S>) row;
    }
}
