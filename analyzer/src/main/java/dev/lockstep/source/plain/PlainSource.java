package dev.lockstep.source.plain;

import dev.lockstep.source.MemoryProject;
import dev.lockstep.source.Migration;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Migrations.Ignored;
import dev.lockstep.source.NaturalOrder;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.psql.PsqlScript;
import dev.lockstep.source.psql.PsqlScript.Sent;
import dev.lockstep.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** SQL files with no tool's marks: run by psql, in natural order of their paths. */
public final class PlainSource implements MigrationSource {

    private final boolean singleTransaction;

    /** @param singleTransaction whether psql is called with {@code --single-transaction} */
    public PlainSource(boolean singleTransaction) {
        this.singleTransaction = singleTransaction;
    }

    @Override
    public String tool() {
        return "plain";
    }

    @Override
    public String runner() {
        return "psql";
    }

    @Override
    public List<Setup> find(Project project) {
        return project.files().stream().anyMatch(file -> ProjectPath.endsWith(file, ".sql"))
                ? List.of(assumed(project))
                : List.of();
    }

    /** A file that another one includes is run as a part of that one. */
    @Override
    public Migrations read(Project project, Setup setup) {
        Map<String, Sent> scripts = new TreeMap<>(NaturalOrder.INSTANCE);
        for (String path : project.files()) {
            if (ProjectPath.isBelow(path, setup.directory()) && ProjectPath.endsWith(path, ".sql")) {
                project.read(path).ifPresent(file -> scripts.put(path, sent(project, setup, path, file)));
            }
        }
        List<Migration> inOrder = new ArrayList<>();
        List<Ignored> ignored = new ArrayList<>();
        Map<String, Sent> including = new TreeMap<>(NaturalOrder.INSTANCE);
        scripts.forEach((path, script) -> {
            if (!script.included().isEmpty()) {
                including.put(path, script);
            }
        });
        scripts.forEach((path, script) -> includer(path, script, including)
                .ifPresentOrElse(
                        other -> ignored.add(new Ignored(project.shown(path), "included by " + project.shown(other))),
                        () -> inOrder.add(migration(script.text()))));
        return new Migrations(inOrder, ignored);
    }

    /** The first script that includes a file which does not include it in turn. */
    private static Optional<String> includer(String path, Sent script, Map<String, Sent> including) {
        return including.entrySet().stream()
                .filter(other -> other.getValue().included().contains(path))
                .map(Map.Entry::getKey)
                .filter(other -> !script.included().contains(other))
                .findFirst();
    }

    /** A lone text. */
    public Migration script(SourceText file) {
        return migration(sent(MemoryProject.of(List.of(file)), Setup.in(""), file.path(), file)
                .text());
    }

    private static Sent sent(Project project, Setup setup, String path, SourceText file) {
        return PsqlScript.read(project, path, file, setup.directory(), Map.of());
    }

    private Migration migration(SourceText sent) {
        return new Migration(
                ProjectPath.name(sent.path()),
                Migration.Kind.SCRIPT,
                sent,
                PsqlScript.transactions(sent, singleTransaction));
    }
}
