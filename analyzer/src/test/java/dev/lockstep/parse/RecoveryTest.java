package dev.lockstep.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sql.Statement;
import dev.lockstep.testing.Corpus;
import dev.lockstep.testing.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One bad statement never hides its neighbours. */
class RecoveryTest {

    private static final String GOOD = "DROP TABLE good";

    private static List<String> statements(ParsedScript script) {
        return script.statements().stream()
                .map(statement -> script.source().text(statement.span()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (a int, b numeric(10, 2);",
                "SELECT a[1;",
                "CREATE TABLE t (a int));",
                "INSERT INTO t VALUES ('it's');",
                "INSERT INTO t VALUES ('a), ('b');",
                "INSERT INTO t VALUES (a'), ('b');",
                "SELECT \"a FROM t;",
                "DO $$ BEGIN NULL; END;",
                "DO $body$ BEGIN NULL; END $bdy$;",
                "SELECT 1 /* not closed;",
                "SELECT 1 /* /* not closed */;",
                "SELECT E'\\';",
                "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2;",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;",
                "ALTER TABEL t ADD COLUMN a int;",
                "garbage;",
                "{% jinja %};",
                "SELECT '\0';",
                "SELECT \0 1;",
                "\u0001;",
                "ALTER TABLE t ADD COLUMN a int",
                "CREATE INDEX i ON t (a)",
                "DO $$ BEGIN NULL; END $$",
                "SELECT a FROM t",
                "GRANT SELECT ON t TO joe",
                "ALTER TABLE t\n  ADD COLUMN a int,\n  DROP COLUMN b",
            })
    void theNextLineStandsOnItsOwn(String bad) {
        ParsedScript script = Sql.script("DROP TABLE before;\n" + bad + "\n" + GOOD + ";\nDROP TABLE after;\n");
        assertThat(statements(script)).contains("DROP TABLE before", GOOD, "DROP TABLE after");
        assertThat(script.problems()).isNotEmpty();
        assertThat(script.problems().get(0).statement().start()).isEqualTo("DROP TABLE before;\n".length());
        assertThat(script.notUnderstood()).isNotEmpty();
    }

    @Test
    void aProblemIsOnTheTokenThatPostgresRefused() {
        String sql = "SELECT 1;\nSELECT 'é€😀', frm x y;\nSELECT 2;";
        SyntaxProblem problem = Sql.script(sql).problems().get(0);
        assertThat(problem.message()).isEqualTo("syntax error at or near \"y\"");
        assertThat(sql.substring(problem.span().start(), problem.span().end())).isEqualTo("y");
        assertThat(sql.substring(
                        problem.statement().start(), problem.statement().end()))
                .isEqualTo("SELECT 'é€😀', frm x y");
    }

    @Test
    void aProblemAtTheEndIsOnTheLastToken() {
        String sql = "SELECT 1 +";
        SyntaxProblem problem = Sql.script(sql).problems().get(0);
        assertThat(problem.message()).isEqualTo("syntax error at end of input");
        assertThat(sql.substring(problem.span().start(), problem.span().end())).isEqualTo("+");
    }

    @Test
    void anUnterminatedQuoteIsReportedOnItsOwnLine() {
        String sql = "SELECT 'abc;\nSELECT 1;\nSELECT 2;\n";
        ParsedScript script = Sql.script(sql);
        SyntaxProblem problem = script.problems().get(0);
        assertThat(problem.message()).isEqualTo("unterminated quoted string at or near \"'abc;\"");
        assertThat(sql.substring(problem.span().start(), problem.span().end())).isEqualTo("'abc;");
        assertThat(statements(script)).containsExactly("SELECT 1", "SELECT 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                ";;\n;",
                "  \r\n",
                "-- only a comment",
                "/* and */ -- another\n",
                "\\echo hi\n",
                "\uFEFF;"
            })
    void nothingIsNothing(String sql) {
        ParsedScript script = Sql.script(sql);
        assertThat(script.statements()).isEmpty();
        if (!sql.startsWith("\uFEFF")) {
            assertThat(script.problems()).isEmpty();
            assertThat(script.notUnderstood()).isEmpty();
        }
    }

    @Test
    void metaCommandsThatRunSomethingAreNotUnderstood() {
        ParsedScript script = Sql.accepted("\\i other.sql\nSELECT 1;\n\\set x 1\n\\connect other\n");
        assertThat(script.notUnderstood())
                .extracting(NotUnderstood::what)
                .containsExactly("psql \\i other.sql", "psql \\connect");
        assertThat(script.statements()).hasSize(1);
    }

    @Test
    void corruptingOneStatementLeavesTheOthersAlone() {
        List<String> corpus = Corpus.statements();
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            List<String> statements = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                statements.add("/* " + i + " */ " + corpus.get(random.nextInt(corpus.size())));
            }
            int victim = 1 + random.nextInt(4);
            Corruption corruption = Corruption.values()[random.nextInt(Corruption.values().length)];
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < statements.size(); i++) {
                if (i != victim) {
                    expected.add(statements.get(i).substring("/* 0 */ ".length()));
                }
            }
            statements.set(victim, corruption.apply(statements.get(victim), random));
            String script = String.join(";\n", statements) + ";\n";
            assertThat(statements(Sql.script(script)))
                    .as("seed %d, %s of statement %d in%n%s", seed, corruption, victim, script)
                    .containsSubsequence(expected);
        }
    }

    private enum Corruption {
        DELETE_TOKEN,
        INSERT_GARBAGE,
        OPEN_PARENTHESIS,
        CLOSE_PARENTHESIS,
        ADD_QUOTE,
        DROP_QUOTE;

        String apply(String statement, Random random) {
            List<Token> tokens = new ArrayList<>();
            Lexer lexer = new Lexer(statement, 0);
            for (Token token = lexer.next(); !token.is(Token.Kind.END); token = lexer.next()) {
                if (!token.is(Token.Kind.COMMENT)) {
                    tokens.add(token);
                }
            }
            Token token = tokens.get(random.nextInt(tokens.size()));
            return switch (this) {
                case DELETE_TOKEN -> replace(statement, token.start(), token.end(), "");
                case INSERT_GARBAGE -> replace(statement, token.start(), token.start(), " %%% garbage ) ");
                case OPEN_PARENTHESIS -> replace(statement, token.start(), token.start(), "( ");
                case CLOSE_PARENTHESIS -> replace(statement, token.start(), token.start(), ") ");
                case ADD_QUOTE -> replace(statement, token.start(), token.start(), "' ");
                case DROP_QUOTE -> {
                    int quote = statement.indexOf('\'');
                    yield quote < 0 ? statement + " '" : replace(statement, quote, quote + 1, "");
                }
            };
        }

        private static String replace(String text, int start, int end, String replacement) {
            return text.substring(0, start) + replacement + text.substring(end);
        }
    }

    @Test
    void manyThreadsReadAsOneDoes() throws Exception {
        List<String> scripts = new ArrayList<>();
        List<String> corpus = Corpus.statements();
        for (int i = 0; i < 10_000; i++) {
            scripts.add(corpus.get(i % corpus.size()) + ";\nSELECT " + i + (i % 7 == 0 ? " '" : "") + ";\n");
        }
        List<List<Statement>> alone =
                scripts.stream().map(sql -> Sql.script(sql).statements()).toList();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<List<Statement>>> together = new ArrayList<>();
            for (String sql : scripts) {
                together.add(pool.submit(() -> Sql.script(sql).statements()));
            }
            for (int i = 0; i < scripts.size(); i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(i));
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
