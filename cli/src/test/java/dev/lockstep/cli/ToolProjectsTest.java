package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Shell.Outcome;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.MigrationSources;
import dev.lockstep.testkit.ExampleProject;
import dev.lockstep.testkit.Golden;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example project of each tool: told by its marks, in the tool's order, judged as the tool runs it. */
class ToolProjectsTest {

    /** These have example projects of their own. */
    private static final Set<String> ELSEWHERE = Set.of("flyway", "liquibase");

    @TempDir
    Path directory;

    static List<String> tools() {
        return MigrationSources.tools().stream()
                .filter(tool -> !ELSEWHERE.contains(tool))
                .toList();
    }

    private Outcome run(String project, String... arguments) {
        ExampleProject.copy("tools/" + project, directory);
        return new Shell(directory).run(arguments);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void theSafeHalfGetsNoFinding(String tool) {
        Outcome outcome = run(tool + "/safe", ".", "--verbose");

        Golden.check("tools/" + tool + "-safe.txt", outcome.err() + outcome.out());
        assertThat(outcome.out()).startsWith("No findings.");
        assertThat(outcome.code()).isZero();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void theUnsafeHalfFallsIntoTheToolsTraps(String tool) {
        Outcome outcome = run(tool + "/unsafe", ".", "--verbose");

        Golden.check("tools/" + tool + "-unsafe.txt", outcome.err() + outcome.out());
        assertThat(outcome.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void transactionsAreExplained(String tool) {
        Outcome outcome = run(tool + "/safe", "explain", ".", "--quiet");

        assertThat(outcome.code()).isZero();
        List<String> transactions = outcome.outLines().stream()
                .map(String::strip)
                .filter(line -> line.startsWith("one transaction") || line.startsWith("no transaction"))
                .toList();
        Golden.check("tools/" + tool + "-explained.txt", String.join("\n", transactions) + "\n");
    }

    @ParameterizedTest
    @MethodSource("tools")
    void theToolCanBeTold(String tool) {
        Outcome told = run(tool + "/safe", ".", "--tool", tool, "--quiet");

        assertThat(told.err()).isEmpty();
        assertThat(told.out()).isEmpty();
        assertThat(told.code()).isZero();
    }

    @Test
    void everyToolOfTheCommandLineHasARow() {
        assertThat(MigrationSources.marked())
                .extracting(MigrationSource::tool)
                .doesNotHaveDuplicates()
                .doesNotContain("plain");
        assertThat(tools()).contains("plain", "goose", "sqitch");
    }

    @Test
    void aSingleFileIsJudgedAfterItsNeighbours() {
        ExampleProject.copy("tools/sqitch/unsafe", directory);

        Outcome outcome = new Shell(directory).run("deploy/find_orders.sql", "--format=gcc", "--quiet");

        assertThat(outcome.outLines())
                .singleElement()
                .asString()
                .startsWith("deploy/find_orders.sql:3:1: error: CREATE INDEX CONCURRENTLY on orders fails here");
    }

    @Test
    void aDirectoryOfOneMigrationBelongsToItsNeighbours() {
        ExampleProject.copy("tools/prisma/unsafe", directory);

        Outcome outcome = new Shell(directory)
                .run("prisma/migrations/20240102000000_find_orders/migration.sql", "--format=gcc", "--quiet");

        assertThat(outcome.outLines()).hasSize(2).allMatch(line -> line.contains("concurrently-in-transaction"));
    }

    @Test
    void severalDatabasesOfOneToolAreSeveralHistories() {
        Outcome outcome = run("hasura/safe", ".");

        assertThat(outcome.errLines())
                .containsExactly(
                        "lockstep: migrations/default: taken for hasura migrations, by config.yaml (--tool overrides)",
                        "lockstep: migrations/reports: taken for hasura migrations, by config.yaml (--tool overrides)");
    }

    @Test
    void psqlRunsAFileInOneTransactionWhenAsked() {
        Shell shell = new Shell(directory)
                .file("1.sql", "CREATE TABLE t (n int);\n")
                .file("2.sql", "CREATE INDEX CONCURRENTLY t_n ON t (n);\n");

        assertThat(shell.run(".").code()).isZero();
        assertThat(shell.run(".", "--tool=plain", "--single-transaction", "--verbose")
                        .out())
                .contains("[concurrently-in-transaction]")
                .contains("2.sql: one transaction of 1 statement, opened by the migration tool\n");
        assertThat(shell.run(".", "--single-transaction").errLines())
                .containsExactly("lockstep: --single-transaction is psql's: it needs --tool plain");
    }

    @Test
    void golangMigrateMayCutAtSemicolons() {
        Shell shell = new Shell(directory)
                .file("migrations/1_a.up.sql", "CREATE TABLE t (n int);\n")
                .file("migrations/2_b.up.sql", "SET lock_timeout = '2s';\nCREATE INDEX CONCURRENTLY t_n ON t (n);\n");

        assertThat(shell.run(".").code()).isEqualTo(1);
        assertThat(shell.file("Makefile", "migrate -database 'postgres://db/app?x-multi-statement=true' up\n")
                        .run(".")
                        .code())
                .isZero();
    }

    @Test
    void otherToolsFilesAreNotTakenForPostgresMigrations() {
        Shell shell = new Shell(directory)
                .file("prisma/migrations/migration_lock.toml", "provider = \"mysql\"\n")
                .file("prisma/migrations/20240101000000_a/migration.sql", "SELECT 1;\n");

        assertThat(Stream.of(shell.run(".").errLines().get(0)).toList())
                .containsExactly("lockstep: .: taken for plain migrations (--tool overrides)");
    }
}
