package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.engine.Deploys;
import dev.lockstep.engine.Explainer;
import dev.lockstep.engine.Explanation.ExplainedStatement;
import dev.lockstep.engine.Explanation.ExplainedTransaction;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.source.MemoryProject;
import dev.lockstep.source.Migration;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Project;
import dev.lockstep.source.Setup;
import dev.lockstep.source.ToolFacts.Grouping;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.source.TransactionRule.Refusal;
import dev.lockstep.source.flyway.Checksum;
import dev.lockstep.source.flyway.FlywaySource;
import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import dev.lockstep.text.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.internal.configuration.ConfigUtils;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.io.TempDir;

/** Flyway itself on a server, against what we say it does: order, checksums, transactions, what it leaves behind. */
final class RealFlywayTest {

    /** What the example's flyway.toml says: TOML is read by Flyway's command line, which we don't have. */
    private static final Map<String, String> TOML = Map.of(
            "flyway.locations", "filesystem:sql/schema,filesystem:sql/programs",
            "flyway.placeholders.log", "ran",
            "flyway.placeholders.note", "text NOT NULL DEFAULT ''",
            "flyway.postgresql.transactional.lock", "false");

    /** Columns, indexes, constraints, views, functions and comments, but for Flyway's own table. */
    private static final String SCHEMA = """
            SELECT * FROM (
              SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
                || coalesce(column_default, '') AS what FROM information_schema.columns WHERE table_schema = 'public'
              UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
              UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0
                AND connamespace = 'public'::regnamespace
              UNION ALL SELECT definition FROM pg_views WHERE schemaname = 'public'
              UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
              UNION ALL SELECT obj_description('orders'::regclass)
            ) all_of_it WHERE what NOT LIKE '%flyway_schema_history%' ORDER BY 1""";

    private static final String RAN = "SELECT file || '|' || transaction FROM ran ORDER BY ctid";

    /** Held, lest the silence be collected. */
    private static final Logger FLYWAYS_OWN = Logger.getLogger("org.flywaydb");

    static {
        FLYWAYS_OWN.setLevel(Level.OFF);
    }

    private static Path copied(Path directory) {
        ExampleProject.copy("flyway", directory);
        return directory;
    }

    private static Migrations ours(Path directory) throws IOException {
        List<SourceText> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.add(SourceText.of(
                        directory.relativize(path).toString().replace('\\', '/'), Files.readString(path)));
            }
        }
        Project project = MemoryProject.of(files);
        FlywaySource flyway = new FlywaySource();
        List<Setup> setups = flyway.find(project);
        assertThat(setups).hasSize(1);
        return flyway.read(project, setups.get(0));
    }

    /** The real one, with the settings of the project's file. */
    private static Flyway flyway(Path directory, ScratchDatabase database, Map<String, String> more) {
        ClassicConfiguration configuration = new ClassicConfiguration();
        Map<String, String> settings = new HashMap<>();
        if (Files.exists(directory.resolve("flyway.toml"))) {
            settings.putAll(TOML);
        }
        Path conf = directory.resolve("flyway.conf");
        if (Files.exists(conf)) {
            settings.putAll(ConfigUtils.loadConfigurationFile(conf.toFile(), "UTF-8", true));
        }
        settings.putAll(more);
        settings.computeIfPresent(
                "flyway.locations", (name, value) -> value.replace("filesystem:", "filesystem:" + directory + "/"));
        // As a setting it needs a Jackson that nothing else here does.
        if ("false".equals(settings.remove("flyway.postgresql.transactional.lock"))) {
            configuration
                    .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                    .setTransactionalLock(false);
        }
        configuration.configure(settings);
        configuration.setDataSource(database.url(), null, null);
        return new Flyway(configuration);
    }

    @OnEveryPostgres
    void theExampleProject(PgServer server, @TempDir Path directory) throws IOException, SQLException {
        Migrations ours = ours(copied(directory));
        try (ScratchDatabase theirs = server.database();
                ScratchDatabase own = server.database()) {
            Flyway flyway = flyway(directory, theirs, Map.of());
            flyway.migrate();

            List<MigrationInfo> applied = Arrays.asList(flyway.info().applied());
            assertThat(ours.inOrder())
                    .extracting(migration -> file(migration))
                    .containsExactlyElementsOf(applied.stream()
                            .map(info -> Path.of(info.getScript()).getFileName().toString())
                            .toList());
            for (int i = 0; i < applied.size(); i++) {
                assertThat(checksum(ours.inOrder().get(i), directory))
                        .as(applied.get(i).getScript())
                        .isEqualTo(applied.get(i).getChecksum());
            }
            assertThat(transactions(ours, Grouping.EACH_FILE)).isEqualTo(renumbered(rows(theirs, RAN)));

            runByOurLights(ours, own);
            assertThat(rows(own, SCHEMA)).isEqualTo(rows(theirs, SCHEMA));
            assertThat(renumbered(rows(own, RAN))).isEqualTo(renumbered(rows(theirs, RAN)));
        }
    }

    /** Open-source Flyway passes undo scripts over; they are run as it would run them. */
    @OnEveryPostgres
    void undoScriptsUndo(PgServer server, @TempDir Path directory) throws IOException, SQLException {
        Migrations ours = ours(copied(directory));
        assertThat(ours.undo()).containsOnlyKeys("V9", "V10");
        try (ScratchDatabase database = server.database()) {
            Map<String, String> versioned = Map.of("flyway.locations", "filesystem:sql/schema", "flyway.target", "5");
            flyway(directory, database, versioned).migrate();
            List<String> before = rows(database, SCHEMA);
            flyway(directory, database, Map.of("flyway.locations", "filesystem:sql/schema"))
                    .migrate();
            assertThat(rows(database, SCHEMA)).isNotEqualTo(before);
            database.execute(undo(ours, "V10").source().content());
            database.execute(undo(ours, "V9").source().content());
            assertThat(rows(database, SCHEMA)).isEqualTo(before);
        }
    }

    @OnEveryPostgres
    void aGroupIsOneTransaction(PgServer server, @TempDir Path directory) throws IOException, SQLException {
        write(directory, "flyway.conf", "flyway.locations=filesystem:sql\nflyway.group=true\n");
        write(directory, "sql/V1__a.sql", "CREATE TABLE ran (file text, transaction bigint);" + ran("V1__a.sql"));
        write(directory, "sql/V2__b.sql", ran("V2__b.sql") + ran("V2__b.sql"));
        write(directory, "sql/R__c.sql", ran("R__c.sql"));
        Migrations ours = ours(directory);
        try (ScratchDatabase database = server.database()) {
            flyway(directory, database, Map.of()).migrate();
            assertThat(ours.facts().grouping()).isEqualTo(Grouping.WHOLE_DEPLOY);
            assertThat(renumbered(rows(database, RAN)))
                    .isEqualTo(transactions(ours, Grouping.WHOLE_DEPLOY))
                    .isEqualTo(List.of("V1__a.sql|0", "V2__b.sql|0", "V2__b.sql|0", "R__c.sql|0"));
        }
    }

    @OnEveryPostgres
    void aGroupOfUnlikesIsRefusedUnlessMixed(PgServer server, @TempDir Path directory)
            throws IOException, SQLException {
        String conf =
                "flyway.locations=filesystem:sql\nflyway.group=true\nflyway.postgresql.transactional.lock=false\n";
        write(directory, "flyway.conf", conf);
        write(directory, "sql/V1__a.sql", "CREATE TABLE ran (file text, transaction bigint);" + ran("V1__a.sql"));
        write(directory, "sql/V2__b.sql", "VACUUM;");
        write(directory, "sql/V3__c.sql", ran("V3__c.sql") + ran("V3__c.sql"));
        Migrations refused = ours(directory);
        try (ScratchDatabase database = server.database()) {
            Optional<Refusal> refusal = refusals(refused).findFirst();
            assertThat(refusal).isPresent();
            assertThatThrownBy(() -> flyway(directory, database, Map.of()).migrate())
                    .isInstanceOf(FlywayException.class)
                    .hasMessageContaining(refusal.get().reason());

            write(directory, "flyway.conf", conf + "flyway.mixed=true\n");
            Migrations mixed = ours(directory);
            assertThat(mixed.facts().grouping()).isEqualTo(Grouping.WHOLE_DEPLOY_MIXED);
            assertThat(refusals(mixed)).isEmpty();
            flyway(directory, database, Map.of()).migrate();
            assertThat(transactions(mixed, Grouping.WHOLE_DEPLOY_MIXED)).isEqualTo(renumbered(rows(database, RAN)));
        }
    }

    /** With the lock at its default the tool's own idle transaction is waited for; a timeout ends what would never end. */
    @OnEveryPostgres
    void whatWaitsForFlywaysOwnTransaction(PgServer server, @TempDir Path directory) throws IOException, SQLException {
        Map<String, Boolean> hangs = Map.of(
                "CREATE INDEX CONCURRENTLY i ON t (a);", true,
                "REINDEX TABLE CONCURRENTLY t;", true,
                "DROP INDEX CONCURRENTLY j;", false,
                "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;", false);
        for (Map.Entry<String, Boolean> statement : hangs.entrySet()) {
            write(directory, "sql/V1__a.sql", statement.getKey());
            write(directory, "sql/V1__a.sql.conf", "executeInTransaction=false");
            try (ScratchDatabase database = server.database()) {
                database.execute("CREATE TABLE t (a int); CREATE INDEX j ON t (a); CREATE TABLE p (a int) PARTITION BY"
                        + " LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)");
                database.execute("ALTER DATABASE " + database.url().replaceAll(".*/(\\w+).*", "$1")
                        + " SET statement_timeout = '1500ms'");
                Map<String, String> settings = Map.of(
                        "flyway.locations", "filesystem:sql",
                        "flyway.baselineOnMigrate", "true",
                        "flyway.baselineVersion", "0");
                Flyway flyway = flyway(directory, database, settings);
                if (statement.getValue()) {
                    assertThatThrownBy(flyway::migrate)
                            .as(statement.getKey())
                            .hasMessageContaining("statement timeout");
                } else {
                    assertThat(flyway.migrate().migrationsExecuted)
                            .as(statement.getKey())
                            .isEqualTo(1);
                }
            }
        }
    }

    private static String ran(String file) {
        return "INSERT INTO ran VALUES ('" + file + "', txid_current());\n";
    }

    private static void write(Path directory, String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String file(Migration migration) {
        return migration.source().path().replaceAll(".*/", "");
    }

    /** Flyway counts placeholders with their values in repeatable migrations, and as they are written in others. */
    private static Integer checksum(Migration migration, Path directory) throws IOException {
        return Checksum.of(
                migration.kind() == Migration.Kind.REPEATABLE
                        ? migration.source().content()
                        : Files.readString(directory.resolve(migration.source().path())));
    }

    private static Deploys deploys(Migrations migrations, Grouping grouping) {
        return Deploys.since(migrations.inOrder(), migration -> false, migration -> true)
                .grouped(grouping);
    }

    private static Stream<Refusal> refusals(Migrations migrations) {
        List<Refusal> refusals = new ArrayList<>();
        new Explainer(ScriptParser.create())
                .explain(
                        deploys(migrations, migrations.facts().grouping()),
                        PgVersion.ALL,
                        explanation -> explanation.refusal().ifPresent(refusals::add));
        return refusals.stream();
    }

    /** The statements that log themselves, each with the number of its transaction. */
    private static List<String> transactions(Migrations migrations, Grouping grouping) {
        List<String> logged = new ArrayList<>();
        int[] number = {0};
        new Explainer(ScriptParser.create()).explain(deploys(migrations, grouping), PgVersion.ALL, explanation -> {
            for (ExplainedTransaction transaction : explanation.transactions()) {
                number[0] += transaction.joins() ? 0 : 1;
                for (ExplainedStatement statement : transaction.statements()) {
                    if (explanation.script().source().text(statement.span()).startsWith("INSERT INTO ran ")) {
                        logged.add(file(explanation.migration()) + "|" + number[0]);
                    }
                }
            }
        });
        return renumbered(logged);
    }

    /** Transactions by the order in which they first appear. */
    private static List<String> renumbered(List<String> rows) {
        Map<String, Integer> numbers = new HashMap<>();
        return rows.stream()
                .map(row -> row.split("\\|"))
                .map(row -> row[0] + "|" + numbers.computeIfAbsent(row[1], transaction -> numbers.size()))
                .toList();
    }

    private static void runByOurLights(Migrations migrations, ScratchDatabase database) throws SQLException {
        for (Migration migration : migrations.inOrder()) {
            ParsedScript script = ScriptParser.create().parse(migration.source());
            List<String> statements = script.statements().stream()
                    .map(statement -> script.source().text(statement.span()))
                    .toList();
            try (Connection connection = database.connect();
                    Statement runner = connection.createStatement()) {
                connection.setAutoCommit(
                        migration.transactions().decide(statements).mode() == Mode.AUTOCOMMIT);
                for (String sql : statements) {
                    runner.execute(sql);
                }
                if (!connection.getAutoCommit()) {
                    connection.commit();
                }
            }
        }
    }

    private static List<String> rows(ScratchDatabase database, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    private static Migration undo(Migrations migrations, String version) {
        return Objects.requireNonNull(migrations.undo().get(version), version);
    }
}
