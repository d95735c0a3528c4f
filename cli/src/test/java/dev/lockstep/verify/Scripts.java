package dev.lockstep.verify;

import dev.lockstep.parse.ScriptParser;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.MigrationSource.Migrations;
import dev.lockstep.source.MigrationSources;
import dev.lockstep.source.ScriptFile;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import dev.lockstep.text.SourceText;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files given as text, and their verification. */
record Scripts(List<ScriptFile> files) {

    static Scripts none() {
        return new Scripts(List.of());
    }

    Scripts and(String name, String sql) {
        return with(name, sql, Optional.empty());
    }

    Scripts outsideTransaction(String name, String sql) {
        return with(name, sql, Optional.of(SourceText.of(name + ".conf", "executeInTransaction=false")));
    }

    private Scripts with(String name, String sql, Optional<SourceText> configuration) {
        List<ScriptFile> more = new ArrayList<>(files);
        more.add(new ScriptFile(SourceText.of(name, sql), configuration));
        return new Scripts(more);
    }

    VerifyReport verify(PgServer server) throws SQLException {
        try (ScratchDatabase database = server.database()) {
            return verify(database, false);
        }
    }

    VerifyReport verify(ScratchDatabase database, boolean allowNonempty) throws SQLException {
        MigrationSource tool = MigrationSources.detect(files);
        Migrations migrations = tool.read(files);
        return Verifier.verify(
                ScriptParser.create(),
                JdbcDatabase.of(database.url(), java.util.Map.of()),
                new VerifyRequest(Optional.empty(), migrations.inOrder(), migrations.undo(), allowNonempty),
                (phase, migration, number, total) -> {});
    }
}
