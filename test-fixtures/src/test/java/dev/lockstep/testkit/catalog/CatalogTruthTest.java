package dev.lockstep.testkit.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CatalogSeed;
import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.RowEstimate;
import dev.lockstep.catalog.Table;
import dev.lockstep.engine.TransactionReplay;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.sql.Statement;
import dev.lockstep.testkit.ExampleProject;
import dev.lockstep.testkit.FlywayFile;
import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import dev.lockstep.text.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTruthTest {

    private static final ScriptParser PARSER = ScriptParser.create();

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

    /** After each file of an example project; what Flyway can't apply is not replayed. */
    @OnEveryPostgres
    void everyExampleProjectLeavesTheSchemaThatTheReplayArrivesAt(PgServer server, @TempDir Path directory)
            throws IOException, SQLException {
        for (ExampleProject project : ExampleProject.values()) {
            Path files = Files.createDirectory(directory.resolve(project.name()));
            project.copyTo(files);
            try (ScratchDatabase database = server.database();
                    Connection connection = database.connect()) {
                assertThat(differences(project, files.resolve(ExampleProject.MIGRATIONS), database, connection))
                        .as(project.name())
                        .isEmpty();
            }
        }
    }

    private static List<String> differences(
            ExampleProject project, Path directory, ScratchDatabase database, Connection connection)
            throws IOException, SQLException {
        List<String> differences = new ArrayList<>();
        Catalog catalog = Catalog.empty();
        for (FlywayFile file : FlywayFile.in(directory)) {
            TransactionReplay replay = new TransactionReplay(
                    catalog.inNewSession(),
                    file.transactional() ? Mode.ONE_TRANSACTION : Mode.AUTOCOMMIT,
                    file.version(),
                    file.version());
            boolean applied = tryRun(file, connection);
            for (Statement statement :
                    PARSER.parse(SourceText.of(file.name(), file.sql())).statements()) {
                if (applied) {
                    replay.run(statement);
                }
            }
            catalog = replay.end();
            if (file.version() == 1) {
                database.execute(project.seed());
            }
            try (Connection onlooker = database.connect()) {
                int major = database.server().major();
                ReplayedSnapshot.of(catalog, major)
                        .differences(ServerSnapshot.of(onlooker, major))
                        .forEach(difference -> differences.add(file.name() + ": " + difference));
            }
        }
        return differences;
    }

    static boolean tryRun(FlywayFile file, Connection connection) {
        try {
            file.run(connection);
            return true;
        } catch (SQLException refused) {
            // The unsafe projects hold migrations that fail on their data, as ExampleProjectTest asserts.
            return false;
        }
    }

    /** A dump seeds the same catalog that the statements which made the schema leave. */
    @OnEveryPostgres
    void aDumpSeedsTheSchema(PgServer server) throws SQLException {
        String dump = DdlScript.text("dump.sql");
        Catalog seeded =
                CatalogSeed.of(PARSER.parse(SourceText.of("dump.sql", dump)).statements());
        assertThat(seeded.isComplete()).isTrue();
        assertThat(seeded.tables())
                .allMatch(table -> table.created().equals(Moment.BEFORE_HISTORY)
                        && (table.rows() == RowEstimate.MANY || table.kind() == Table.Kind.VIEW));
        try (ScratchDatabase database = server.database();
                Connection connection = database.connect()) {
            for (String statement : SideBySide.statements(dump)) {
                execute(connection, statement);
            }
            assertThat(ReplayedSnapshot.of(seeded, server.major())
                            .differences(ServerSnapshot.of(connection, server.major())))
                    .isEmpty();
            SideBySide later = new SideBySide(connection, server.major(), seeded);
            later.run("RESET search_path; ALTER TABLE customers DROP COLUMN name CASCADE; DROP TABLE events;"
                    + " ALTER TABLE app.orders VALIDATE CONSTRAINT orders_customer_fkey; DROP TYPE mood CASCADE");
            assertThat(later.differences()).isEmpty();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (java.sql.Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void thereAreEnoughScripts() {
        assertThat(DdlScript.all()).hasSizeGreaterThanOrEqualTo(60);
    }
}
