package dev.lockstep.source.plain;

import dev.lockstep.source.MemoryProject;
import dev.lockstep.source.Migration;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.NaturalOrder;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.psql.PsqlScript;
import dev.lockstep.text.SourceText;
import java.util.List;
import java.util.Map;

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

    @Override
    public Migrations read(Project project, Setup setup) {
        return new Migrations(
                project.files().stream()
                        .filter(file -> ProjectPath.isBelow(file, setup.directory()))
                        .filter(file -> ProjectPath.endsWith(file, ".sql"))
                        .sorted(NaturalOrder.INSTANCE)
                        .flatMap(path -> project.read(path).map(file -> migration(project, setup, path, file)).stream())
                        .toList(),
                List.of());
    }

    /** A lone text. */
    public Migration script(SourceText file) {
        return migration(MemoryProject.of(List.of(file)), Setup.in(""), file.path(), file);
    }

    private Migration migration(Project project, Setup setup, String path, SourceText file) {
        SourceText sent = PsqlScript.read(project, path, file, setup.directory(), Map.of());
        return new Migration(
                ProjectPath.name(file.path()),
                Migration.Kind.SCRIPT,
                sent,
                PsqlScript.transactions(sent, singleTransaction));
    }
}
