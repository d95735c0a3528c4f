package dev.lockstep.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.parse.ScriptPiece.Kind;
import dev.lockstep.testing.Corpus;
import dev.lockstep.testing.Sql;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptSplitterTest {

    private static List<ScriptPiece> pieces(String script) {
        ScriptSplitter splitter = new ScriptSplitter(script);
        List<ScriptPiece> pieces = new ArrayList<>();
        Optional<ScriptPiece> next = splitter.next(0);
        while (next.isPresent()) {
            pieces.add(next.get());
            next = splitter.next(next.get().end());
        }
        return pieces;
    }

    private static List<String> split(String script) {
        return pieces(script).stream()
                .map(piece -> (piece.kind() == Kind.STATEMENT ? "" : piece.kind() + " ") + text(script, piece.span()))
                .toList();
    }

    private static String text(String script, Span span) {
        return script.substring(span.start(), span.end());
    }

    @Test
    void semicolonsEndStatementsButNotInQuotesAndComments() {
        assertThat(split("SELECT ';'; SELECT \";\", $a$;$b$;$a$ /* ; */ -- ;\n, E'\\';';;\n;SELECT 3"))
                .containsExactly("SELECT ';'", "SELECT \";\", $a$;$b$;$a$ /* ; */ -- ;\n, E'\\';'", "SELECT 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
                "CREATE OR REPLACE FUNCTION f(a int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN a > 1 THEN 2 ELSE CASE a WHEN 1 THEN 2 END END; END",
                "CREATE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC INSERT INTO t VALUES (1); DELETE FROM \"end\"; END",
                "create or replace procedure p()\nbegin\n  atomic\n  select 1;\nend",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $f$ BEGIN EXECUTE $$SELECT 1;$$; RETURN 1; END; $f$",
                "CREATE RULE r AS ON INSERT TO t DO (INSERT INTO u VALUES (1); DELETE FROM v;)",
                "CREATE OR REPLACE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)",
            })
    void oneStatementHoldsItsOwnSemicolons(String statement) {
        assertThat(split(statement + ";\nSELECT 2;")).containsExactly(statement, "SELECT 2");
        assertThat(Sql.accepted(statement + ";\nSELECT 2;").statements()).hasSize(2);
    }

    @Test
    void psqlSendsAtItsOwnCommands() {
        assertThat(
                        split(
                                "\\set ON_ERROR_STOP on\nSELECT 1 \\; SELECT 2;\nSELECT 3 \\gexec\n\\connect db\r\nSELECT 4\\g\n"))
                .containsExactly(
                        "PSQL_COMMAND \\set ON_ERROR_STOP on",
                        "SELECT 1",
                        "SELECT 2",
                        "SELECT 3",
                        "PSQL_COMMAND \\gexec",
                        "PSQL_COMMAND \\connect db",
                        "SELECT 4",
                        "PSQL_COMMAND \\g");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void copyDataIsNoSql(String newline) {
        String script = String.join(
                newline,
                "COPY t (a, b) FROM stdin; -- two lines",
                "1\t'; DROP TABLE t;",
                "2\t$$ \\N /* \"",
                "\\.",
                "SELECT 1;");
        assertThat(split(script)).hasSize(3).last().isEqualTo("SELECT 1");
        ParsedScript parsed = Sql.accepted(script);
        assertThat(parsed.statements()).hasSize(2);
        assertThat(parsed.comments()).extracting(Comment::body).containsExactly("two lines");
        assertThat(parsed.notUnderstood()).isEmpty();
    }

    @Test
    void copyDataMayEndWithTheFile() {
        assertThat(split("copy t from STDIN with (format csv);\n1;'\n2"))
                .containsExactly("copy t from STDIN with (format csv)", "COPY_DATA 1;'\n2");
        assertThat(split("COPY t FROM stdin;")).hasSize(1);
        assertThat(split("COPY t FROM stdin;\n")).hasSize(1);
        assertThat(split("COPY t FROM stdin;\n\\.\n")).hasSize(2);
        assertThat(split("COPY t FROM '/file';\nSELECT 1;")).hasSize(2);
        assertThat(split("COPY t TO stdout;\nSELECT 1;")).containsExactly("COPY t TO stdout", "SELECT 1");
    }

    @Test
    void commentsBelongToTheScriptNotToStatements() {
        ParsedScript script = Sql.accepted("-- a\nSELECT /* b */ 1 -- c\n; -- d\r\n/* e\n*/ SELECT 2 --");
        assertThat(script.comments()).extracting(Comment::body).containsExactly("a", "b", "c", "d", "e", "");
        assertThat(script.statements())
                .extracting(statement -> script.source().text(statement.span()))
                .containsExactly("SELECT /* b */ 1", "SELECT 2");
    }

    @Test
    void splitsWherePostgresDoes() {
        for (long seed = 0; seed < 300; seed++) {
            String script = shuffledCorpus(new Random(seed));
            List<String> expected = PostgresStatements.of(script);
            List<String> ours = Sql.accepted(script).statements().stream()
                    .map(statement -> text(script, statement.span()))
                    .toList();
            assertThat(ours).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static String shuffledCorpus(Random random) {
        List<String> statements = Corpus.statements();
        List<String> between = List.of(";", ";\n", " ;\r\n\r\n", "; -- é;\n", ";;\n/* ;' */", ";\n-- $$\n");
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            script.append(statements.get(random.nextInt(statements.size())))
                    .append(between.get(random.nextInt(between.size())));
        }
        return script.toString();
    }
}
