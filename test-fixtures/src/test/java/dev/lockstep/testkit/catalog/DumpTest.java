package dev.lockstep.testkit.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lockstep.catalog.CatalogSeed;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.testkit.ExampleProject;
import dev.lockstep.testkit.FlywayFile;
import dev.lockstep.testkit.OutsideTool;
import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import dev.lockstep.text.SourceText;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** What the machine's own pg_dump writes of a schema seeds the same schema. It reads servers up to its own version. */
final class DumpTest {

    @OnEveryPostgres
    void aDumpOfAnExampleProjectSeedsWhatItsMigrationsMade(PgServer server, @TempDir Path directory)
            throws IOException, SQLException, InterruptedException {
        Path program = program();
        assumeThat(server.major()).as("readable by %s", program).isLessThanOrEqualTo(major(program));
        for (ExampleProject project : ExampleProject.values()) {
            Path files = Files.createDirectory(directory.resolve(project.name()));
            project.copyTo(files);
            try (ScratchDatabase database = server.database();
                    Connection connection = database.connect()) {
                run(project, files.resolve(ExampleProject.MIGRATIONS), database, connection);
                ParsedScript dump = ScriptParser.create()
                        .parse(SourceText.of(
                                "dump.sql", output(program, "--schema-only", "--dbname=" + libpq(database))));

                assertThat(dump.problems()).isEmpty();
                assertThat(ReplayedSnapshot.of(CatalogSeed.of(dump.statements()), server.major())
                                .differences(ServerSnapshot.of(connection, server.major())))
                        .as(project.name())
                        .isEmpty();
            }
        }
    }

    /** What fails on its rows, as the unsafe projects do, is rolled back. */
    private static void run(ExampleProject project, Path directory, ScratchDatabase database, Connection connection)
            throws IOException, SQLException {
        List<FlywayFile> files = FlywayFile.in(directory);
        for (FlywayFile file : files) {
            CatalogTruthTest.tryRun(file, connection);
            if (file.equals(files.get(0))) {
                database.execute(project.seed());
            }
        }
    }

    private static Path program() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "pg_dump"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> OutsideTool.require("pg_dump", "the package postgresql-client"));
    }

    private static int major(Path program) throws IOException, InterruptedException {
        return Integer.parseInt(output(program, "--version").replaceFirst("(?s)\\D*(\\d+).*", "$1"));
    }

    private static String libpq(ScratchDatabase database) {
        return database.url().substring("jdbc:".length());
    }

    private static String output(Path program, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program.toString());
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text;
    }
}
