package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Shell.Outcome;
import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsTest {

    private static final Pattern QUERY = Pattern.compile("```sql\n(.*?);\n```", Pattern.DOTALL);

    @TempDir
    Path directory;

    private Outcome lint(String stats) {
        return new Shell(directory)
                .file("stats.json", stats)
                .file("V1__n.sql", "ALTER TABLE t ALTER COLUMN n SET NOT NULL;\n")
                .file("V2__u.sql", "UPDATE t SET n = 1;\n")
                .run(".", "--stats", "stats.json", "--quiet", "--format=gcc");
    }

    private static String table(long rows, long bytes) {
        return "[{\"schema\": \"public\", \"table\": \"t\", \"rows\": " + rows + ", \"bytes\": " + bytes + "}]";
    }

    @Test
    void workOnASmallTableIsANote() {
        Outcome outcome = lint(table(3, 16_384));

        assertThat(outcome.outLines()).hasSize(2).allMatch(line -> line.contains(": note: "));
        assertThat(outcome.out()).contains("t has 3 rows, 16 kB.");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void workOnALargeTableIsAnErrorAndTakesItsTime() {
        Outcome outcome = lint(table(500_000_000, 41L << 30));

        assertThat(outcome.outLines()).hasSize(2).allMatch(line -> line.contains(": error: "));
        assertThat(outcome.out()).contains("t has 500,000,000 rows, 41 GB: about 7 minutes at 100 MB a second.");
    }

    @Test
    void inBetweenTheLevelStays() {
        Outcome outcome = lint(table(-1, 300L << 20));

        assertThat(outcome.outLines().get(0))
                .contains(": error: ")
                .contains("t has 300 MB: about 3 s at 100 MB a second.");
        assertThat(outcome.outLines().get(1)).contains(": warning: ");
    }

    @Test
    void aTableThatIsNotListedStaysLarge() {
        assertThat(lint("[]").out()).contains(": error: ").doesNotContain("t has");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '{}'                                              | '1: a list of tables is wanted'
            '[1]'                                             | '1: a table is wanted: {"schema", "table", "rows", "bytes"}'
            '[\\n{"schema": "s", "tabel": "t", "bytes": 1}]'  | '2: there is no key tabel; did you mean table?'
            '[{"schema": "s", "table": "t"}]'                 | '1: a table needs its schema and table as text, and its bytes as a number'
            '[{"schema": "s", "table": "t", "bytes": []}]'    | '1: bytes takes a name or a whole number'
            """)
    void aMistakeIsNamed(String stats, String complaint) {
        Outcome outcome = lint(stats.replace("\\n", "\n"));

        assertThat(outcome.errLines()).containsExactly("lockstep: --stats stats.json:" + complaint);
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void brokenJsonAndNoFileAreOneLine() {
        assertThat(lint("[{").errLines()).hasSize(1);
        assertThat(new Shell(directory)
                        .file("1.sql", "")
                        .run(".", "--stats", "gone.json")
                        .errLines())
                .containsExactly("lockstep: --stats gone.json: no such file");
    }

    @OnEveryPostgres
    void theDocumentedQueryMakesTheFile(PgServer server) throws SQLException, IOException {
        Matcher query = QUERY.matcher(Files.readString(Path.of("../docs/table-sizes.md")));
        assertThat(query.find()).isTrue();
        try (ScratchDatabase database = server.database();
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (n int) PARTITION BY LIST (n);"
                    + " CREATE TABLE t1 PARTITION OF t DEFAULT; CREATE TABLE plain (n int);"
                    + " INSERT INTO t SELECT 1 FROM generate_series(1, 500000); ANALYZE t");
            try (ResultSet result = statement.executeQuery(query.group(1))) {
                result.next();
                Outcome outcome = lint(result.getString(1));
                assertThat(outcome.err()).isEmpty();
                assertThat(outcome.out()).containsPattern("t has 500,000 rows, 1[78] MB");
            }
        }
    }
}
