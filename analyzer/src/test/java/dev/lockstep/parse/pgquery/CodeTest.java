package dev.lockstep.parse.pgquery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.parse.SyntaxProblem;
import dev.lockstep.pgquery.PgQuery;
import dev.lockstep.sql.Code;
import dev.lockstep.sql.RoutineStatement.Body;
import dev.lockstep.sql.RoutineStatement.CreateFunction;
import dev.lockstep.sql.RoutineStatement.DoBlock;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies: what they say, and where. */
class CodeTest {

    private static final ScriptParser PARSER = ScriptParser.create();

    private static ParsedScript parse(String sql) {
        return PARSER.parse(SourceText.of("body.sql", sql));
    }

    private static Body body(Statement statement) {
        return statement instanceof DoBlock block
                ? block.body()
                : ((CreateFunction) statement).body().orElseThrow();
    }

    private static Stream<Code> all(Code code) {
        Stream<Code> inside = Stream.of();
        if (code instanceof Code.Block block) {
            inside = Stream.concat(
                    block.body().stream(), block.handlers().stream().flatMap(handler -> handler.body().stream()));
        } else if (code instanceof Code.Choice choice) {
            inside = Stream.concat(
                    choice.branches().stream().flatMap(branch -> branch.body().stream()), choice.otherwise().stream());
        } else if (code instanceof Code.Loop loop) {
            inside = loop.body().stream();
        }
        return Stream.concat(Stream.of(code), inside.flatMap(CodeTest::all));
    }

    /** The texts of the SQL statements in a body, as they stand in the file. */
    private static List<String> sql(ParsedScript script) {
        List<String> found = new ArrayList<>();
        for (Statement statement : script.statements()) {
            all(body(statement).code().orElseThrow())
                    .filter(Code.Sql.class::isInstance)
                    .forEach(code -> found.add(
                            script.source().text(((Code.Sql) code).statement().span())));
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN UPDATE t SET a = 1; END $$",
                "DO $body$ BEGIN UPDATE t SET a = 1; END $body$",
                "DO 'BEGIN UPDATE t SET a = 1; END'",
                "DO E'BEGIN\\n UPDATE t SET a = 1; END'",
                "-- é\nDO $$ BEGIN /* é; */ UPDATE t SET a = 1; END $$",
                "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'UPDATE t SET a = 1;'",
                "CREATE FUNCTION f() RETURNS void BEGIN ATOMIC UPDATE t SET a = 1; END"
            })
    void statementsStandWhereTheyStandInTheFile(String sql) {
        assertThat(sql(parse(sql))).containsExactly("UPDATE t SET a = 1");
    }

    @Test
    void quotesWithinAQuotedBodyAreCounted() {
        ParsedScript script = parse("DO 'BEGIN UPDATE t SET a = ''it''''s''; DELETE FROM t; END'");
        assertThat(sql(script)).containsExactly("UPDATE t SET a = ''it''''s''", "DELETE FROM t");
        Code.Sql last = (Code.Sql)
                body(script.statements().get(0)).code().orElseThrow().body().get(1);
        Statement.Delete delete = (Statement.Delete) last.statement();
        assertThat(script.source().text(delete.table().span())).isEqualTo("t");
        assertThat(script.source().text(delete.head())).isEqualTo("DELETE FROM t");
    }

    @Test
    void targetsOfIntoAreNoTables() {
        Code.Block code = body(parse("DO $$ DECLARE n int; BEGIN SELECT 1 INTO STRICT n FROM t; END $$")
                        .statements()
                        .get(0))
                .code()
                .orElseThrow();
        Code.Sql sql = (Code.Sql) code.body().get(0);
        assertThat(sql.into()).containsExactly("n");
        assertThat(((Statement.Select) sql.statement()).query().relations()).hasToString("[t]");
    }

    @Test
    void fieldsOfARowVariableLoseNoBody() {
        ParsedScript script =
                parse("DO $$ DECLARE r orders%ROWTYPE; BEGIN r.name := 'x'; UPDATE t SET a = r.name; END $$");
        assertThat(script.problems()).isEmpty();
        assertThat(sql(script)).containsExactly("UPDATE t SET a = r.name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN UPDATE t SET a = 1 !LIMIT 5; END $$",
                "DO $$ BEGIN IF a THEN !THEN NULL; END IF; END $$",
                "DO $$ BEGIN INSERT INTO t VALUES (1 !; END $$",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN PERFORM 1 + !; END'"
            })
    void whatPostgresRefusesIsAProblemAtItsPlace(String marked) {
        int mark = marked.indexOf('!');
        ParsedScript script = parse(marked.replace("!", ""));
        assertThat(script.problems()).hasSize(1);
        SyntaxProblem problem = script.problems().get(0);
        assertThat(problem.span().start()).isBetween(mark - 3, mark + 1);
        assertThat(script.statements()).hasSize(1);
    }

    /** Every body that PostgreSQL's own reader takes or refuses, ours takes or refuses. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN END",
                "BEGIN NULL; END;",
                "<<l>> BEGIN EXIT l; END l",
                "DECLARE a int := 1; b CONSTANT text NOT NULL DEFAULT 'x;y'; BEGIN a := 2; a = 3; END",
                "DECLARE a int[]; BEGIN a[1] := 2; a := ARRAY[1, 2]; END",
                "BEGIN IF true THEN NULL; ELSIF false THEN NULL; ELSE NULL; END IF; END",
                "BEGIN CASE 1 WHEN 1, 2 THEN NULL; ELSE NULL; END CASE; END",
                "BEGIN CASE WHEN true THEN NULL; END CASE; END",
                "BEGIN FOR i IN REVERSE 10..1 BY 2 LOOP CONTINUE WHEN i = 5; END LOOP; END",
                "DECLARE r record; BEGIN FOR r IN SELECT 1 AS a LOOP EXIT WHEN r.a > 1; END LOOP; END",
                "DECLARE r record; BEGIN FOR r IN EXECUTE 'SELECT $1' USING 5 LOOP NULL; END LOOP; END",
                "DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['a'] LOOP NULL; END LOOP; END",
                "DECLARE c CURSOR (n int) FOR SELECT n; r record; BEGIN OPEN c(1); FETCH c INTO r; CLOSE c; END",
                "BEGIN EXECUTE format('SELECT %L', 1); PERFORM 1; COMMIT; ROLLBACK AND CHAIN; END",
                "DECLARE n int; BEGIN GET DIAGNOSTICS n = ROW_COUNT; ASSERT n = 0, 'no'; END",
                "BEGIN NULL; EXCEPTION WHEN unique_violation OR SQLSTATE '23503' THEN RAISE; WHEN others THEN NULL; END",
                "BEGIN RAISE NOTICE '% and %', 1, 2; RAISE EXCEPTION USING ERRCODE = '22012'; RAISE unique_violation; END",
                "BEGIN IF true THEN NULL; END",
                "BEGIN LOOP NULL; END",
                "BEGIN SELECT FROM WHERE; END",
                "BEGIN NULL END",
                "NULL;"
            })
    void oursTakesWhatPostgresTakes(String body) {
        String sql = "DO $$ " + body + " $$";
        assertThat(parse(sql).problems().isEmpty()).as(body).isEqualTo(isTaken(sql));
    }

    private static boolean isTaken(String sql) {
        try {
            PgQuery.instance().parsePlpgsql(sql.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (RuntimeException refused) {
            return false;
        }
    }

    @Test
    void nothingMakesTheReaderFail() {
        String body =
                "DECLARE a int := 1; <<l>> BEGIN FOR r IN SELECT 1 LOOP IF a THEN EXECUTE 'x' INTO a USING b, c; RAISE '%', a"
                        + " USING ERRCODE = 'x'; END IF; END LOOP; OPEN c FOR EXECUTE 'y'; EXCEPTION WHEN others THEN NULL; END";
        for (int i = 0; i <= body.length(); i++) {
            assertThat(parse("DO $$" + body.substring(0, i) + "$$").statements())
                    .hasSize(1);
            assertThat(parse("DO $$" + body.substring(i) + "$$").statements()).hasSize(1);
        }
    }
}
