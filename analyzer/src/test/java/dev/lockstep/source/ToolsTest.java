package dev.lockstep.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.source.ToolFacts.Grouping;
import dev.lockstep.source.TransactionRule.FileTransaction;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each tool makes of names, annotations and settings. */
class ToolsTest {

    private static final String GOOSE = "-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n";

    private static final String DBMATE = "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n";

    private static MigrationSource tool(String name) {
        return MigrationSources.named(name).orElseThrow();
    }

    private static Project project(Map<String, String> files) {
        return MemoryProject.of(files.entrySet().stream()
                .map(file -> SourceText.of(file.getKey(), file.getValue()))
                .toList());
    }

    private static Migrations read(String tool, Map<String, String> files) {
        Project project = project(files);
        return tool(tool).read(project, tool(tool).find(project).get(0));
    }

    private static Migration only(String tool, Map<String, String> files) {
        return read(tool, files).inOrder().get(0);
    }

    /** Files, each with the text {@code SELECT 1;}, and what the tool makes of them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            golang-migrate | m/10_b.up.sql m/9_a.up.sql m/9_a.down.sql m/x.sql        | 9 10          | 9    | -
            sqlx           | Cargo.toml:sqlx m/10_b.sql m/9_a.up.sql m/9_a.down.sql   | 9 10          | 9    | -
            refinery       | Cargo.toml:refinery m/V10__b.sql m/U9__a.sql m/V11__c.rs | U9 V10        | -    | V11
            refinery       | refinery.toml m/V1__b.sql                                | V1            | -    | -
            diesel         | m/2024-01-02-0_b/up.sql m/2024-01-01-0_a/up.sql m/2024-01-01-0_a/down.sql | 2024-01-01-0_a 2024-01-02-0_b | 2024-01-01-0_a | -
            hasura         | m/default/1704067200001_b/up.sql m/default/1704067200000_a/up.sql m/default/1704067200000_a/down.sql | 1704067200000_a 1704067200001_b | 1704067200000_a | -
            prisma         | m/20240102000000_b/migration.sql m/20240101000000_a/migration.sql m/20240101000000_a/down.sql | 20240101000000_a 20240102000000_b | 20240101000000_a | -
            supabase       | supabase/migrations/20240102_b.sql supabase/migrations/20240101_a.sql supabase/seed.sql | 20240101 20240102 | - | -
            node-pg-migrate | package.json:"node-pg-migrate" migrations/10_b.sql migrations/9_a.sql migrations/11_c.ts | 9_a 10_b | - | 11_c
            """)
    void namesAreReadAsTheToolReadsThem(String tool, String files, String inOrder, String undo, String lost) {
        List<SourceText> texts = new ArrayList<>();
        for (String file : files.split(" ")) {
            String[] parts = file.split(":", 2);
            texts.add(SourceText.of(parts[0], parts.length > 1 ? parts[1] + " = 1" : "SELECT 1;"));
        }
        Project project = MemoryProject.of(texts);
        List<Setup> found = tool(tool).find(project);

        Migrations migrations = tool(tool).read(project, found.get(0));

        assertThat(found).hasSize(1);
        assertThat(migrations.inOrder()).extracting(Migration::id).containsExactly(inOrder.split(" "));
        assertThat(migrations.undo().keySet())
                .containsExactlyInAnyOrder(undo == null ? new String[0] : undo.split(" "));
        assertThat(String.join(
                        " ",
                        migrations.lost().stream().map(Migrations.Lost::what).toList()))
                .contains(lost == null ? "" : lost);
        assertThat(migrations.lost()).hasSize(lost == null ? 0 : 1);
        assertThat(migrations.inOrder())
                .allMatch(migration -> !migration.source().path().contains("down"));
    }

    @ParameterizedTest
    @CsvSource({
        "goose, db/1_a.sql",
        "dbmate, db/1_a.sql",
        "diesel, m/1_a/up.sql",
        "hasura, m/1_a/up.sql",
        "prisma, m/1_a/migration.sql",
        "sqitch, deploy/a.sql",
        "drizzle, drizzle/1_a.sql",
        "supabase, db/1_a.sql",
        "sqlx, m/1_a.sql",
        "node-pg-migrate, m/1_a.sql",
        "refinery, m/V1__a.sql",
    })
    void withoutItsMarksAToolClaimsNothing(String tool, String file) {
        boolean shapeAlone = tool.equals("diesel");
        assertThat(tool(tool).find(project(Map.of(file, "SELECT 1;")))).hasSize(shapeAlone ? 1 : 0);
    }

    @Test
    void theHalvesOfAFileKeepTheirPlaces() {
        for (Map.Entry<String, String> one :
                Map.of("goose", GOOSE, "dbmate", DBMATE).entrySet()) {
            Migrations migrations = read(one.getKey(), Map.of("db/1_a.sql", one.getValue()));
            SourceText up = migrations.inOrder().get(0).source();
            SourceText down = migrations.undo().values().iterator().next().source();

            assertThat(up.content()).as(one.getKey()).contains("SELECT 1").doesNotContain("SELECT 2");
            assertThat(down.content()).as(one.getKey()).contains("SELECT 2").doesNotContain("SELECT 1");
            assertThat(up.position(up.content().indexOf("SELECT 1"))).hasToString("2:1");
            assertThat(down.position(down.content().indexOf("SELECT 2"))).hasToString("4:1");
        }
    }

    @Test
    void nodePgMigrateTakesTheHalvesInAnyOrderAndAFileWithoutMarksWhole() {
        Map<String, String> files = Map.of(
                "package.json", "{\"dependencies\": {\"node-pg-migrate\": \"8\"}}",
                "migrations/1_a.sql", "-- Down Migration\nSELECT 2;\n-- Up Migration\nSELECT 1;\n",
                "migrations/2_b.sql", "SELECT 3;\n");
        Migrations migrations = read("node-pg-migrate", files);

        assertThat(migrations.inOrder())
                .extracting(migration -> migration.source().content().strip())
                .containsExactly("-- Up Migration\nSELECT 1;", "SELECT 3;");
        assertThat(migrations.undo())
                .hasEntrySatisfying(
                        "1_a",
                        undo -> assertThat(undo.source().content().strip()).isEqualTo("-- Down Migration\nSELECT 2;"));
    }

    /** The strings that the statements of a file go in, each in brackets. */
    private static String strings(Migration migration) {
        String content = migration.source().content();
        List<Span> spans = Pattern.compile("SELECT \\d+")
                .matcher(content)
                .results()
                .map(found -> new Span(found.start(), found.end()))
                .toList();
        FileTransaction transaction = migration
                .transactions()
                .decide(spans.stream().map(migration.source()::text).toList());
        StringBuilder strings = new StringBuilder(transaction.mode() == Mode.AUTOCOMMIT ? "" : "BEGIN ");
        for (int i = 0; i < spans.size(); i++) {
            boolean together = i > 0 && transaction.strings().together(spans.get(i - 1), spans.get(i));
            strings.append(together ? "" : i == 0 ? "[" : "] [")
                    .append(
                            content,
                            spans.get(i).start() + "SELECT ".length(),
                            spans.get(i).end());
        }
        return strings.append("]").toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            goose | -- +goose Up~SELECT 1;~SELECT 2;                                    | BEGIN [1] [2]
            goose | -- +goose NO TRANSACTION~-- +goose Up~SELECT 1;~SELECT 2;           | [1] [2]
            goose | -- +goose NO TRANSACTION~-- +goose Up~SELECT 1; SELECT 2;~SELECT 3; | [12] [3]
            goose | -- +goose NO TRANSACTION~-- +goose Up~SELECT 1;~-- +goose StatementBegin~SELECT 2;~SELECT 3;~-- +goose StatementEnd~SELECT 4; | [1] [23] [4]
            goose | -- +goose Up~SELECT 1; -- one;~SELECT 2                             | BEGIN [1] [2]
            dbmate | -- migrate:up~SELECT 1;~SELECT 2;~-- migrate:down                  | BEGIN [12]
            dbmate | -- migrate:up transaction:false~SELECT 1;~SELECT 2;~-- migrate:down | [12]
            dbmate | -- a comment~--migrate:up foo:bar transaction:false~SELECT 1;      | [1]
            """)
    void annotationsDecideWhatIsSentTogether(String tool, String file, String strings) {
        assertThat(strings(only(tool, Map.of("db/1_a.sql", file.replace('~', '\n')))))
                .isEqualTo(strings);
    }

    @Test
    void settingsDecideWhatIsSentTogether() {
        String two = "SELECT 1;\nSELECT 2;\n";
        String directory = "m/2024-01-01-0_a/";
        assertThat(strings(only("diesel", Map.of(directory + "up.sql", two)))).isEqualTo("BEGIN [12]");
        assertThat(strings(only(
                        "diesel",
                        Map.of(directory + "up.sql", two, directory + "metadata.toml", "run_in_transaction = false"))))
                .isEqualTo("[12]");
        assertThat(strings(only("sqlx", Map.of("sqlx.toml", "", "m/1_a.sql", "-- no-transaction\n" + two))))
                .isEqualTo("[12]");
        assertThat(strings(only("sqlx", Map.of("sqlx.toml", "", "m/1_a.sql", "\n-- no-transaction\n" + two))))
                .isEqualTo("BEGIN [12]");
        assertThat(strings(only("golang-migrate", Map.of("m/1_a.up.sql", two)))).isEqualTo("[12]");
        assertThat(strings(only(
                        "golang-migrate", Map.of("m/1_a.up.sql", two, ".env", "URL=pg://x?x-multi-statement=true"))))
                .isEqualTo("[1] [2]");
        assertThat(strings(only("prisma", Map.of("m/20240101000000_a/migration.sql", two))))
                .isEqualTo("[12]");
        assertThat(strings(only(
                        "drizzle",
                        Map.of(
                                "d/0_a.sql",
                                "SELECT 1;--> statement-breakpoint\nSELECT 2;\nSELECT 3;",
                                "d/meta/_journal.json",
                                "{\"dialect\": \"postgresql\", \"entries\": [{\"tag\": \"0_a\"}]}"))))
                .isEqualTo("BEGIN [1] [23]");
    }

    @Test
    void someToolsRunAllThatIsPendingInOneTransaction() {
        assertThat(read("goose", Map.of("1_a.sql", GOOSE)).facts().grouping()).isEqualTo(Grouping.EACH_FILE);
        assertThat(read("node-pg-migrate", Map.of("1_a.sql", "-- Up Migration\nSELECT 1;"))
                        .facts()
                        .grouping())
                .isEqualTo(Grouping.WHOLE_DEPLOY);
        assertThat(read("drizzle", Map.of("0_a.sql", "SELECT 1;", "meta/_journal.json", "{\"tag\": \"0_a\"}"))
                        .facts()
                        .grouping())
                .isEqualTo(Grouping.WHOLE_DEPLOY);
    }

    @Test
    void gooseFillsInVariablesWithoutBracesToo() {
        Migration migration = only(
                "goose",
                Map.of("1_a.sql", "-- +goose Up\nSELECT $$a$$;\n-- +goose ENVSUB ON\nDROP TABLE $OLD, ${OTHER};\n"));

        assertThat(migration.source().content().strip().lines().map(String::strip))
                .containsExactly("SELECT $$a$$;", "", "DROP TABLE ${OLD}, ${OTHER};");
        int other = migration.source().content().indexOf("${OTHER}");
        assertThat(migration.source().position(other)).hasToString("4:18");
    }

    @Test
    void aReworkedChangeIsDeployedTwice() {
        Migrations migrations = read(
                "sqitch",
                Map.of(
                        "sqitch.plan",
                        """
                        %syntax-version=1.0.0
                        %project=p

                        a 2024-01-01T00:00:00Z A <a@b> # x
                        @v1 2024-01-01T00:00:00Z A <a@b>
                        @v2 2024-01-01T00:00:00Z A <a@b>
                        b [a] 2024-01-01T00:00:00Z A <a@b>
                        a [a@v2] 2024-01-01T00:00:00Z A <a@b> # y
                        """,
                        "deploy/a@v2.sql",
                        "SELECT 1;",
                        "deploy/b.sql",
                        "SELECT 2;",
                        "deploy/a.sql",
                        "SELECT 3;",
                        "deploy/c.sql",
                        "SELECT 4;",
                        "revert/b.sql",
                        "SELECT 5;",
                        "verify/b.sql",
                        "SELECT 6;"));

        assertThat(migrations.inOrder()).extracting(Migration::id).containsExactly("a@v2", "b", "a");
        assertThat(migrations.undo()).containsOnlyKeys("b");
        assertThat(migrations.ignored())
                .extracting(Migrations.Ignored::reason)
                .containsExactlyInAnyOrder(
                        "not in the plan", "a revert script", "a verify script, which is rolled back");
        assertThat(migrations.lost()).isEmpty();
    }

    @Test
    void sqitchFindsItsScriptsWhereTheConfigurationSays() {
        Migrations migrations = read(
                "sqitch",
                Map.of(
                        "sqitch.conf",
                        "[core]\n\tengine = pg\n\ttop_dir = db\n[deploy \"variables\"]\n\tt = orders\n",
                        "db/sqitch.plan",
                        "%project=p\na 2024-01-01T00:00:00Z A <a@b>\nb 2024-01-01T00:00:00Z A <a@b>\n",
                        "db/deploy/a.sql",
                        "DROP TABLE :t;"));

        assertThat(migrations.inOrder())
                .singleElement()
                .satisfies(migration -> assertThat(migration.source().content()).isEqualTo("DROP TABLE orders;"));
        assertThat(migrations.lost()).singleElement().satisfies(lost -> {
            assertThat(lost.what()).isEqualTo("change b: no db/deploy/b.sql");
            assertThat(lost.place().start()).hasToString("3:1");
        });
    }
}
