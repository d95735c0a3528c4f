package dev.lockstep.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.observe.Difference.Aspect;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.source.MemoryProject;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.MigrationSources;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Project;
import dev.lockstep.source.Setup;
import dev.lockstep.testkit.ExampleProject;
import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import dev.lockstep.text.SourceText;
import dev.lockstep.verify.MigrationResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** The example project of each tool, run by the tool's rules. */
final class ToolProjectVerifyTest {

    /** The migrations of the unsafe halves that fail, and how. */
    private static final Map<String, Map<String, String>> STOPS = Map.ofEntries(
            Map.entry("golang-migrate", Map.of("2", "25001", "3", "25P01", "11", "25001")),
            Map.entry("goose", Map.of("00002", "25001", "00003", "25001", "00005", "IMPOSSIBLE")),
            Map.entry("dbmate", Map.of("20240102000000", "25001", "20240103000000", "25001")),
            Map.entry("sqitch", Map.of("find_orders", "25001")),
            Map.entry("prisma", Map.of("20240102000000_find_orders", "25001")),
            Map.entry("drizzle", Map.of("0001_find_orders", "25001")),
            Map.entry("supabase", Map.of("20240103000000", "25001")),
            Map.entry(
                    "diesel",
                    Map.of("2024-01-02-000000_find_orders", "25001", "2024-01-03-000000_find_by_status", "25001")),
            Map.entry("sqlx", Map.of("20240102000000", "25001", "20240103000000", "25001")),
            Map.entry("refinery", Map.of("V2", "25001")),
            Map.entry("node-pg-migrate", Map.of("1704067200001_find-orders", "25001")),
            Map.entry("hasura", Map.of("1704067200001_find_orders", "25001")),
            Map.entry("plain", Map.of("2_find_orders.sql", "25001")));

    @OnEveryPostgres
    void safeHalvesRunToTheirEnd(PgServer server, @TempDir Path directory) throws IOException, SQLException {
        for (String tool : STOPS.keySet()) {
            assertThat(stops(verify(tool, "safe", server, directory))).as(tool).isEmpty();
        }
    }

    @OnEveryPostgres
    void unsafeHalvesStopWhereTheToolDoes(PgServer server, @TempDir Path directory) throws IOException, SQLException {
        for (String tool : STOPS.keySet()) {
            assertThat(stops(verify(tool, "unsafe", server, directory)))
                    .as(tool)
                    .isEqualTo(STOPS.get(tool));
        }
    }

    /** The SQLSTATE that ended a file, or how else it ended. */
    private static Map<String, String> stops(VerifyReport report) {
        Map<String, String> stops = new TreeMap<>();
        report.migrations().stream()
                .filter(result -> result.outcome() != Outcome.APPLIED)
                .forEach(result -> stops.put(
                        result.migration().id(),
                        result.statements().stream()
                                .flatMap(check -> check.observed().failure().stream())
                                .map(failure -> failure.sqlState())
                                .findFirst()
                                .orElse(result.outcome().name())));
        return stops;
    }

    private static VerifyReport verify(String tool, String half, PgServer server, Path directory)
            throws IOException, SQLException {
        Path copy = Files.createDirectories(directory.resolve(tool + "-" + half));
        ExampleProject.copy("tools/" + tool + "/" + half, copy);
        Migrations migrations = read(MigrationSources.named(tool).orElseThrow(), copy);
        try (ScratchDatabase database = server.database()) {
            VerifyReport report = Verifier.verify(
                    ScriptParser.create(),
                    database,
                    new VerifyRequest(Optional.empty(), migrations.inOrder(), Map.of(), false),
                    (phase, migration, number, total) -> {});
            assertThat(report.statements().flatMap(check -> check.differences().stream()))
                    .as("%s, %s half, on %s", tool, half, server)
                    .allMatch(difference -> difference.aspect() == Aspect.LOCK)
                    .allMatch(difference -> difference.predicted().equals("no lock"));
            return report;
        }
    }

    private static Migrations read(MigrationSource tool, Path directory) throws IOException {
        List<SourceText> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.add(SourceText.decode(
                        directory.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path)));
            }
        }
        Project project = MemoryProject.of(files);
        Setup setup = tool.find(project).get(0);
        return tool.read(project, setup);
    }
}
