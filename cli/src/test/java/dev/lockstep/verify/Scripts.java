package dev.lockstep.verify;

import dev.lockstep.parse.ScriptParser;
import dev.lockstep.source.MemoryProject;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.MigrationSources;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Project;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import dev.lockstep.text.SourceText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files given as text, and their verification. */
record Scripts(List<SourceText> files) {

    static Scripts none() {
        return new Scripts(List.of());
    }

    Scripts and(String name, String sql) {
        return with(SourceText.of(name, sql));
    }

    Scripts outsideTransaction(String name, String sql) {
        return with(SourceText.of(name, sql), SourceText.of(name + ".conf", "executeInTransaction=false"));
    }

    private Scripts with(SourceText... added) {
        List<SourceText> more = new ArrayList<>(files);
        more.addAll(List.of(added));
        return new Scripts(more);
    }

    VerifyReport verify(PgServer server) throws SQLException {
        try (ScratchDatabase database = server.database()) {
            return verify(database, false);
        }
    }

    VerifyReport verify(ScratchDatabase database, boolean allowNonempty) throws SQLException {
        Project project = MemoryProject.of(files);
        MigrationSource tool = MigrationSources.marked().stream()
                .filter(source -> !source.find(project).isEmpty())
                .findFirst()
                .orElse(MigrationSources.PLAIN);
        Migrations migrations = tool.read(project, tool.assumed(project));
        return Verifier.verify(
                ScriptParser.create(),
                JdbcDatabase.of(database.url(), java.util.Map.of()),
                new VerifyRequest(Optional.empty(), migrations.inOrder(), migrations.undo(), allowNonempty),
                (phase, migration, number, total) -> {});
    }
}
