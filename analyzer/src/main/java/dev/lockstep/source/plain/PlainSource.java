package dev.lockstep.source.plain;

import dev.lockstep.source.Migration;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.TransactionRule;
import dev.lockstep.text.SourceText;
import java.util.List;
import java.util.Optional;

/** SQL files with no tool's marks: run by psql, each statement on its own, in natural order of their paths. */
public final class PlainSource implements MigrationSource {

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
                        .map(project::read)
                        .flatMap(Optional::stream)
                        .map(PlainSource::script)
                        .toList(),
                List.of());
    }

    /** A lone text, run as it is. */
    public static Migration script(SourceText file) {
        return new Migration(ProjectPath.name(file.path()), Migration.Kind.SCRIPT, file, TransactionRule.AUTOCOMMIT);
    }
}
