package dev.lockstep.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.parse.ScriptParser;
import dev.lockstep.source.MemoryProject;
import dev.lockstep.source.Migration;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Project;
import dev.lockstep.source.Setup;
import dev.lockstep.source.liquibase.LiquibaseSource;
import dev.lockstep.testkit.ExampleProject;
import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import dev.lockstep.text.SourceText;
import dev.lockstep.verify.MigrationResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.junit.jupiter.api.io.TempDir;

/** The Liquibase example project, by Liquibase itself and by us: the same changesets, order, checksums, schema and rows. */
final class LiquibaseProjectTest {

    private static final String RESOURCES = "src/main/resources";

    /** A reference that the JDK's loggers would forget otherwise. */
    private static final Logger LIQUIBASE_LOG = Logger.getLogger("liquibase");

    private static final List<String> ROWS = List.of(
            "SELECT 'log', id::text, line FROM log ORDER BY id",
            "SELECT 'orders', * FROM orders ORDER BY id",
            "SELECT 'customers', * FROM customers ORDER BY id",
            "SELECT 'open', open_count()");

    /** What a run left. */
    private record Result(List<String> changeSets, SchemaSnapshot schema, List<String> rows) {}

    @OnEveryPostgres
    void liquibaseAndWeAgree(PgServer server, @TempDir Path directory) throws Exception {
        ExampleProject.LIQUIBASE.copyTo(directory);
        Result theirs = theirs(server, directory.resolve(RESOURCES));
        Result ours = ours(server, project(directory));

        assertThat(ours.changeSets()).containsExactlyElementsOf(theirs.changeSets());
        assertThat(ours.schema().without(theirs.schema())).isEmpty();
        assertThat(theirs.schema().without(ours.schema())).isEmpty();
        assertThat(ours.rows()).containsExactlyElementsOf(theirs.rows());
        assertThat(ours.rows()).contains("log 3 2-raw.sql comes after 10-later.sql", "open 3");
    }

    private static Result theirs(PgServer server, Path resources) throws Exception {
        LIQUIBASE_LOG.setLevel(Level.OFF);
        try (ScratchDatabase scratch = server.database()) {
            try (Connection connection = scratch.connect()) {
                update(connection, resources);
            }
            List<String> changeSets = rows(
                    scratch,
                    "SELECT filename || '::' || id || '::' || author, md5sum FROM databasechangelog"
                            + " WHERE exectype = 'EXECUTED' ORDER BY orderexecuted");
            scratch.execute("DROP TABLE databasechangelog, databasechangeloglock");
            return new Result(changeSets, SchemaSnapshot.of(scratch), contents(scratch));
        }
    }

    @SuppressWarnings("deprecation")
    private static void update(Connection connection, Path resources) throws Exception {
        Map<String, Object> scope =
                Map.of("liquibase.analytics.enabled", false, Scope.Attr.ui.name(), new LoggerUIService());
        Scope.child(scope, () -> {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            Liquibase liquibase = new Liquibase(
                    "db/changelog/db.changelog-master.xml", new DirectoryResourceAccessor(resources), database);
            liquibase.setChangeLogParameter("currency", "EUR");
            liquibase.setShowSummary(UpdateSummaryEnum.OFF);
            liquibase.update(new Contexts("prod"), new LabelExpression());
        });
    }

    private static Result ours(PgServer server, Project project) throws SQLException {
        LiquibaseSource source = new LiquibaseSource();
        Setup setup = source.find(project).get(0);
        Migrations migrations = source.read(project, setup);
        assertThat(migrations.lost()).isEmpty();
        Map<String, String> checksums = source.checksums(project, setup);
        try (ScratchDatabase scratch = server.database()) {
            VerifyReport report = Verifier.verify(
                    ScriptParser.create(),
                    scratch,
                    new VerifyRequest(Optional.empty(), migrations.inOrder(), Map.of(), false),
                    (phase, migration, number, total) -> {});
            assertThat(report.migrations()).extracting(MigrationResult::outcome).containsOnly(Outcome.APPLIED);
            List<String> changeSets = migrations.inOrder().stream()
                    .map(Migration::id)
                    .map(id -> id + " " + checksums.get(id))
                    .toList();
            return new Result(changeSets, SchemaSnapshot.of(scratch), contents(scratch));
        }
    }

    private static Project project(Path directory) throws IOException {
        List<SourceText> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(path).toString().replace('\\', '/');
                files.add(SourceText.decode(name, Files.readAllBytes(path)));
            }
        }
        return MemoryProject.of(files);
    }

    private static List<String> contents(ScratchDatabase database) throws SQLException {
        List<String> contents = new ArrayList<>();
        for (String query : ROWS) {
            contents.addAll(rows(database, query));
        }
        return contents;
    }

    private static List<String> rows(ScratchDatabase database, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder(result.getString(1));
                for (int column = 2; column <= columns; column++) {
                    row.append(' ').append(result.getString(column));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
