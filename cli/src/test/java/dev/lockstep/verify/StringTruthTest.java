package dev.lockstep.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.parse.ScriptParser;
import dev.lockstep.source.Migration;
import dev.lockstep.source.TransactionRule;
import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import dev.lockstep.text.SourceText;
import dev.lockstep.verify.MigrationResult.Outcome;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files that go to the server in one string: what verify makes of them statement by statement against what the server makes of the string. */
final class StringTruthTest {

    /** A plus and a letter stand for CREATE TABLE. */
    private static final List<String> STRINGS = List.of(
            "+a",
            "+a; +b",
            "+a; SELECT 1/0; +b",
            "+a; COMMIT; +b",
            "+a; COMMIT; +b; SELECT 1/0",
            "+a; ROLLBACK; +b",
            "+a; BEGIN; +b; COMMIT; +c",
            "+a; BEGIN; +b; ROLLBACK; +c",
            "+a; BEGIN; +b; COMMIT; +c; SELECT 1/0",
            "BEGIN; +a; SAVEPOINT s; +b; ROLLBACK TO s; COMMIT; +c",
            "+a; SAVEPOINT s; +b",
            "+a; ROLLBACK TO s",
            "+a; RELEASE s",
            "+a; COMMIT AND CHAIN; +b",
            "+a; ROLLBACK AND CHAIN; +b",
            "VACUUM",
            "VACUUM; +a",
            "+a; VACUUM",
            "BEGIN; +a; COMMIT; VACUUM",
            "+a; SET LOCAL search_path = pg_temp; +b",
            "SET LOCAL search_path = pg_temp; COMMIT; +b",
            "+a; LOCK TABLE a; +b",
            "+a; DECLARE x CURSOR FOR SELECT 1; FETCH x");

    @OnEveryPostgres
    void aStringIsOneTransactionUnlessItSaysOtherwise(PgServer server) throws SQLException {
        for (String string : STRINGS) {
            String sql = string.replaceAll("\\+(\\w)", "CREATE TABLE $1 (n int)");
            assertThat(verified(server, sql)).as("%s on %s", string, server).isEqualTo(sent(server, sql));
        }
    }

    private record Seen(String failure, List<String> tables) {}

    private static Seen sent(PgServer server, String sql) throws SQLException {
        try (ScratchDatabase database = server.database()) {
            String failure = "";
            try (Connection connection =
                            JdbcDatabase.of(database.url(), Map.of()).connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException failed) {
                failure = failed.getSQLState();
            }
            return new Seen(failure, tables(database));
        }
    }

    private static Seen verified(PgServer server, String sql) throws SQLException {
        Migration migration =
                new Migration("1", Migration.Kind.SCRIPT, SourceText.of("1.sql", sql), TransactionRule.ONE_STRING);
        try (ScratchDatabase database = server.database()) {
            MigrationResult result = Verifier.verify(
                            ScriptParser.create(),
                            JdbcDatabase.of(database.url(), Map.of()),
                            new VerifyRequest(Optional.empty(), List.of(migration), Map.of(), false),
                            (phase, one, number, total) -> {})
                    .migrations()
                    .get(0);
            String failure = result.statements().stream()
                    .flatMap(check -> check.observed().failure().stream())
                    .map(failed -> failed.sqlState())
                    .findFirst()
                    .orElse("");
            assertThat(result.outcome()).isEqualTo(failure.isEmpty() ? Outcome.APPLIED : Outcome.FAILED);
            return new Seen(failure, tables(database));
        }
    }

    private static List<String> tables(ScratchDatabase database) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
