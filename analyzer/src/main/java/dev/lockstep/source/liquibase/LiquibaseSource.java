package dev.lockstep.source.liquibase;

import dev.lockstep.source.Migration;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Migrations.Ignored;
import dev.lockstep.source.Migrations.Lost;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.liquibase.ChangeLogFile.Format;
import dev.lockstep.text.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Liquibase: changesets in the order of their changelogs, each a migration of its own. */
public final class LiquibaseSource implements MigrationSource {

    @Override
    public String tool() {
        return "liquibase";
    }

    @Override
    public String runner() {
        return "Liquibase";
    }

    @Override
    public List<Setup> find(Project project) {
        return new Masters(project).find();
    }

    @Override
    public Optional<String> home(String file, Project project) {
        return new Masters(project).homeOf(file);
    }

    /** What was read of a place. */
    private record History(SearchPath paths, Settings settings, ChangeLogs changeLogs) {}

    @Override
    public Migrations read(Project project, Setup setup) {
        return inHistory(project, setup, (history, generator) -> {
            List<ChangeSet> changeSets = history.changeLogs().changeSets();
            Map<String, ChangeSet> byId = new LinkedHashMap<>();
            changeSets.forEach(changeSet -> byId.putIfAbsent(changeSet.id(), changeSet));
            ChangeSetSql sql =
                    new ChangeSetSql(history.paths(), history.changeLogs().parameters(), generator, byId);
            List<Migration> inOrder = new ArrayList<>();
            Map<String, Migration> undo = new TreeMap<>();
            for (ChangeSet changeSet : changeSets) {
                Migration migration = sql.forward(changeSet);
                inOrder.add(migration);
                sql.undo(changeSet).ifPresent(text -> undo.putIfAbsent(migration.id(), migration.withSource(text)));
            }
            List<Lost> lost = new ArrayList<>(history.changeLogs().lost());
            lost.addAll(sql.lost());
            return new Migrations(inOrder, undo, ignored(project, setup, history, inOrder, lost), lost);
        });
    }

    /**
     * The checksums, version 9, that Liquibase stores for the changesets of a place, by the ids of their migrations; without those whose
     * changes it would have to load a class for.
     */
    public Map<String, String> checksums(Project project, Setup setup) {
        return inHistory(project, setup, (history, generator) -> {
            Map<String, String> checksums = new TreeMap<>();
            history.changeLogs()
                    .changeSets()
                    .forEach(changeSet -> generator
                            .get()
                            .checksum(changeSet)
                            .ifPresent(checksum -> checksums.put(changeSet.id(), checksum)));
            return checksums;
        });
    }

    private static <T> T inHistory(Project project, Setup setup, BiFunction<History, LazyGenerator, T> job) {
        Optional<String> master = setup.evidence();
        List<String> changeLogs = master.map(List::of).orElseGet(() -> outermost(project, setup.directory()));
        String around = master.orElse(ProjectPath.in(setup.directory(), "changelog"));
        Settings settings = Settings.around(project, around);
        SearchPath paths = SearchPath.around(project, around, settings.searchPath());
        ChangeLogs reading = new ChangeLogs(project, paths, settings, settings.filter());
        changeLogs.forEach(reading::read);
        History history = new History(reading.paths(), settings, reading);
        try (LazyGenerator generator = new LazyGenerator(history.paths(), settings.defaultSchema())) {
            return job.apply(history, generator);
        }
    }

    /** The changelogs below a directory that no other there includes, as {@code includeAll} would order them. */
    private static List<String> outermost(Project project, String directory) {
        Map<String, SourceText> changeLogs = new TreeMap<>();
        for (String file : project.files()) {
            Optional<Format> format = ChangeLogFile.format(file);
            boolean here = ProjectPath.isBelow(file, directory) && format.isPresent();
            Optional<SourceText> text = here ? project.read(file) : Optional.empty();
            text.filter(found -> format.get() == Format.SQL || ChangeLogFile.isChangeLog(found, format.get()))
                    .ifPresent(found -> changeLogs.put(file, found));
        }
        Set<String> included = Masters.included(changeLogs);
        return changeLogs.keySet().stream()
                .filter(path -> !included.contains(path))
                .toList();
    }

    /** Changelogs that nothing includes, and those of which no changeset runs; the master stands for all it includes. */
    private static List<Ignored> ignored(
            Project project, Setup setup, History history, List<Migration> inOrder, List<Lost> lost) {
        Set<String> run = new Migrations(inOrder, Map.of(), List.of(), lost).paths();
        List<Ignored> ignored = new ArrayList<>();
        for (String file : project.files()) {
            Optional<Format> format = ChangeLogFile.format(file);
            if (format.isEmpty()
                    || !ProjectPath.isBelow(file, setup.directory())
                    || setup.evidence().filter(file::equals).isPresent()
                    || run.contains(project.shown(file))) {
                continue;
            }
            if (history.changeLogs().files().contains(file)) {
                ignored.add(new Ignored(project.shown(file), "no changeset of its own is run"));
            } else if (project.read(file)
                    .filter(text -> ChangeLogFile.isChangeLog(text, format.get()))
                    .isPresent()) {
                ignored.add(new Ignored(project.shown(file), "no changelog includes it"));
            }
        }
        return ignored;
    }
}
