package dev.lockstep.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.lockstep.parse.ScriptParser;
import dev.lockstep.source.MemoryProject;
import dev.lockstep.source.Migration;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Project;
import dev.lockstep.source.TransactionRule;
import dev.lockstep.source.flyway.FlywaySource;
import dev.lockstep.testkit.ExampleProject;
import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import dev.lockstep.text.SourceText;
import dev.lockstep.verify.MigrationResult.Outcome;
import dev.lockstep.verify.StatementCheck.Verdict;
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

/** The example projects, filled with rows after their first migration, on every version. */
final class ExampleProjectVerifyTest {

    @OnEveryPostgres
    void safeShop(PgServer server, @TempDir Path directory) throws IOException, SQLException {
        assertThat(stops(verify(ExampleProject.SHOP_SAFE, server, directory))).isEmpty();
    }

    @OnEveryPostgres
    void safeCrm(PgServer server, @TempDir Path directory) throws IOException, SQLException {
        assertThat(stops(verify(ExampleProject.CRM_SAFE, server, directory))).isEmpty();
    }

    @OnEveryPostgres
    void unsafeShopFailsWhereItShould(PgServer server, @TempDir Path directory) throws IOException, SQLException {
        assertThat(stops(verify(ExampleProject.SHOP_UNSAFE, server, directory)))
                .containsExactly(entry("V11", "23502"), entry("V12", "25001"));
    }

    @OnEveryPostgres
    void unsafeCrmFailsWhereItShould(PgServer server, @TempDir Path directory) throws IOException, SQLException {
        assertThat(stops(verify(ExampleProject.CRM_UNSAFE, server, directory)))
                .containsExactly(entry("V13", "REFUSED"), entry("V2", "23502"));
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

    private static VerifyReport verify(ExampleProject project, PgServer server, Path directory)
            throws IOException, SQLException {
        project.copyTo(directory);
        List<Migration> migrations = new ArrayList<>(
                read(directory.resolve(ExampleProject.MIGRATIONS)).inOrder());
        migrations.add(
                1,
                new Migration(
                        "rows",
                        Migration.Kind.SCRIPT,
                        SourceText.of("seed.sql", project.seed()),
                        TransactionRule.AUTOCOMMIT));
        try (ScratchDatabase database = server.database()) {
            VerifyReport report = Verifier.verify(
                    ScriptParser.create(),
                    database,
                    new VerifyRequest(Optional.empty(), migrations, Map.of(), false),
                    (phase, migration, number, total) -> {});
            print(project + " on " + server, report);
            assertEverythingIsPredicted(report);
            return report;
        }
    }

    private static void assertEverythingIsPredicted(VerifyReport report) {
        assertThat(report.isComplete()).isTrue();
        assertThat(report.statements()).isNotEmpty();
        assertThat(report.statements()
                        .filter(check -> check.verdict() != Verdict.EXACT)
                        .map(check -> check.sql() + "\n" + check.differences()))
                .isEmpty();
    }

    private static void print(String title, VerifyReport report) {
        System.out.println(title + ": " + report.accuracy());
        report.statements().forEach(check -> {
            String where = check.source().path() + ":"
                    + check.source().position(check.span().start());
            check.differences().forEach(difference -> System.out.println("  " + where + " " + difference));
            if (check.verdict() == Verdict.UNKNOWN) {
                System.out.println("  " + where + " unknown: "
                        + check.sql().lines().findFirst().orElse("") + " -> "
                        + check.observed().locks());
            }
        });
    }

    private static Migrations read(Path directory) throws IOException {
        List<SourceText> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.toList()) {
                files.add(text(path));
            }
        }
        Project project = MemoryProject.of(files);
        MigrationSource flyway = new FlywaySource();
        return flyway.read(project, flyway.assumed(project));
    }

    private static SourceText text(Path path) throws IOException {
        return SourceText.of(path.getFileName().toString(), Files.readString(path));
    }
}
