package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgMatrix;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyCommandTest {

    private static final String TRIGGER_WRITES_ELSEWHERE = """
            CREATE TABLE orders (id int);
            CREATE TABLE log (at timestamptz);
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN INSERT INTO log VALUES (now()); RETURN NULL; END $$;
            CREATE TRIGGER note AFTER DELETE ON orders EXECUTE FUNCTION note();
            """;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @OnEveryPostgres
    void whatIsPredictedExactlyIsPassedOver(PgServer server) throws IOException, SQLException {
        write("V2__b.sql", "ALTER TABLE orders ADD COLUMN total int;");
        try (ScratchDatabase database = server.database()) {
            database.execute("CREATE TABLE orders (id int)");

            int code = run("--url", database.url(), "--allow-nonempty", ".");

            assertThat(text(out)).isEqualTo("PostgreSQL " + server.major() + ": 1 of 1 statements predicted exactly\n");
            assertThat(text(err)).isEqualTo("lockstep: .: taken for flyway migrations (--tool overrides)\n");
            assertThat(code).isZero();
        }
    }

    @OnEveryPostgres
    void aDifferenceIsShownAndIsOne(PgServer server) throws IOException, SQLException {
        write("V2__b.sql", "-- Carts are gone.\nDELETE FROM orders;");
        try (ScratchDatabase database = server.database()) {
            database.execute(TRIGGER_WRITES_ELSEWHERE);

            int code = run("--url", database.url(), "--allow-nonempty", "--quiet", ".");

            assertThat(text(out)).isEqualTo("""
                    V2__b.sql
                       2  DELETE FROM orders
                                                      predicted              observed
                          log                         no lock                ROW EXCLUSIVE

                    PostgreSQL %d: 0 of 1 statements predicted exactly; 1 predicted wrongly
                    """.formatted(server.major()));
            assertThat(text(err)).isEmpty();
            assertThat(code).isEqualTo(1);
        }
    }

    @OnEveryPostgres
    void aFailureIsTold(PgServer server) throws IOException, SQLException {
        write("V2__b.sql", "SELECT FROM orders;\nSELECT 1;");
        try (ScratchDatabase database = server.database()) {
            int code = run("--url", database.url(), "--quiet", ".");

            assertThat(text(out).lines()).allMatch(line -> line.length() <= 80);
            assertThat(text(out).replaceAll("\\s+", " "))
                    .contains("fails at 1:1: ERROR: relation \"orders\" does not exist")
                    .contains(" Flyway stops at V2__b.sql; later files were run all the same")
                    .endsWith("; 1 not run ");
            assertThat(code).isEqualTo(1);
        }
    }

    @OnEveryPostgres
    void jsonHoldsEveryStatement(PgServer server) throws IOException, SQLException {
        write("V2__b.sql", "ALTER TABLE orders ADD COLUMN total int;");
        try (ScratchDatabase database = server.database()) {
            database.execute("CREATE TABLE orders (id int)");

            run("--url", database.url(), "--allow-nonempty", "--format", "json", "--output", "report.json", ".");

            assertThat(Files.readString(directory.resolve("report.json")))
                    .contains("\"exact\": 1,")
                    .contains("\"sql\": \"ALTER TABLE orders ADD COLUMN total int\",")
                    .contains("\"mode\": \"ACCESS EXCLUSIVE\"");
        }
    }

    @OnEveryPostgres
    void aDatabaseWithTablesIsRefused(PgServer server) throws IOException, SQLException {
        write("V2__b.sql", "SELECT 1;");
        try (ScratchDatabase database = server.database()) {
            database.execute("CREATE TABLE orders (id int)");

            int code = run("--url", database.url(), "--quiet", ".");

            assertThat(text(err))
                    .matches("lockstep: the database scratch_\\d+ holds tables already, such as orders;"
                            + " migrations are run for good, so give an empty one \\(or --allow-nonempty\\)\n");
            assertThat(code).isEqualTo(2);
        }
    }

    @Test
    void aServerIsStartedFromTheLocalRepository() throws IOException {
        write("V1__a.sql", "CREATE TABLE orders (id int);\nALTER TABLE orders ADD COLUMN total int;");
        int major = PgMatrix.majors().get(0);

        run("--embedded", String.valueOf(major), "--quiet", ".");

        assertThat(text(err)).isEmpty();
        assertThat(text(out)).contains("PostgreSQL " + major + ": ").contains(" of 2 statements predicted exactly");
    }

    @Test
    void noServerIsOneLine() throws IOException {
        write("V1__a.sql", "SELECT 1;");

        assertThat(run(".")).isEqualTo(2);
        assertThat(run("--embedded", "13", ".")).isEqualTo(2);
        assertThat(run("--url", "mysql://x", "--quiet", ".")).isEqualTo(2);
        assertThat(run("--url", "jdbc:postgresql://localhost:1/x?password=hidden", "--quiet", "."))
                .isEqualTo(2);
        assertThat(text(err).lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("lockstep: "))
                .noneMatch(line -> line.contains("hidden"));
    }

    private void write(String name, String sql) throws IOException {
        Files.writeString(directory.resolve(name), sql);
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "verify";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Main.run(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new Environment(directory, Map.of(), false),
                all);
    }

    private static String text(ByteArrayOutputStream written) {
        return written.toString(StandardCharsets.UTF_8);
    }
}
