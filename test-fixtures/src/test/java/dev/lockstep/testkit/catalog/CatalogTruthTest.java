package dev.lockstep.testkit.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTruthTest {

    @OnEveryPostgres
    void everyScriptLeavesTheSchemaThatTheReplayArrivesAt(PgServer server) throws SQLException {
        List<String> differences = new ArrayList<>();
        try (ScratchDatabase database = server.database()) {
            for (DdlScript script : DdlScript.all()) {
                if (script.covers(server.major())) {
                    database.reset();
                    differences(script, database).forEach(difference -> differences.add(script + ": " + difference));
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static List<String> differences(DdlScript script, ScratchDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            SideBySide both = new SideBySide(connection, database.server().major());
            both.run(script.sql());
            return both.differences();
        }
    }

    @Test
    void thereAreEnoughScripts() {
        assertThat(DdlScript.all()).hasSizeGreaterThanOrEqualTo(60);
    }
}
