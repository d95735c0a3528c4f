package dev.lockstep.source.psql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.source.MemoryProject;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PsqlScriptTest {

    private static SourceText file(String path, String text) {
        return SourceText.of(path, text);
    }

    /** What psql sends of the first file, run where it stands. */
    private static SourceText sent(Map<String, String> variables, SourceText... files) {
        return PsqlScript.read(MemoryProject.of(List.of(files)), files[0].path(), files[0], "db", variables)
                .text();
    }

    private static String sent(String script) {
        return sent(Map.of(), file("db/1.sql", script)).content();
    }

    /** A tilde stands for a line break. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            \\set t orders~ALTER TABLE :t ADD x int;            | ALTER TABLE orders ADD x int;
            \\set t 'my ''table'~SELECT :'t', :"t";               | SELECT 'my table', "my table";
            \\set a x~\\set b :a y~SELECT :b;                     | SELECT xy;
            \\set t orders~\\unset t~SELECT :t;                   | SELECT :t;
            \\set t orders~SELECT ':t', ":t", $$:t$$ /* :t */;    | SELECT ':t', ":t", $$:t$$ /* :t */;
            \\set int 1~SELECT a::int, b[1:2], c :int;            | SELECT a::int, b[1:2], c 1;
            \\set t `date`~SELECT :t;                             | SELECT :t;
            \\if true~SELECT 1;~\\else~SELECT 2;~\\endif           | SELECT 1;
            \\if 0~SELECT 1;~\\elif on~SELECT 2;~\\else~SELECT 3;~\\endif | SELECT 2;
            \\if off~SELECT 1;~\\if true~SELECT 2;~\\endif~\\endif~SELECT 3; | SELECT 3;
            \\set x 1~\\if :{?x}~SELECT 1;~\\endif                | SELECT 1;
            \\if :{?x}~SELECT 1;~\\else~SELECT 2;~\\endif         | \\if :{?x} SELECT 1; \\else SELECT 2; \\endif
            \\if :x~\\set t a~\\endif~SELECT :t;                  | \\if :x \\endif SELECT :t;
            SELECT 1;~\\q~DROP TABLE t;                           | SELECT 1;
            COPY t FROM stdin;~\\q~\\.~SELECT 1;                  | COPY t FROM stdin; \\q \\. SELECT 1;
            -- rows:~COPY t FROM stdin;~\\q~\\.~SELECT 1;         | -- rows: COPY t FROM stdin; \\q \\. SELECT 1;
            \\copy t (a) from data.csv csv~SELECT 1;              | copy t (a) from 'data.csv' csv; SELECT 1;
            \\copy (SELECT 'x' from t) to 'out.csv';~SELECT 1;    | copy (SELECT 'x' from t) to 'out.csv'; SELECT 1;
            \\copy t from stdin~1~\\.~SELECT 1;                   | copy t from stdin; \\. SELECT 1;
            \\copy nonsense~SELECT 1;                             | \\copy nonsense SELECT 1;
            SELECT 1 \\; SELECT 2;                                | SELECT 1 \\; SELECT 2;
            SELECT 'x' \\gexec                                    | SELECT 'x' \\gexec
            """)
    void whatIsSent(String script, String sent) {
        String text = sent(script.replace('~', '\n')).replaceAll("(?m)^\\\\(?:un)?set .*$", "");
        assertThat(text.strip().replaceAll("\\s+", " ")).isEqualTo(sent);
    }

    @Test
    void aFileIsIncludedInPlaceOfItsName() {
        SourceText sent = sent(
                Map.of(),
                file("db/1.sql", "SELECT 1;\n\\ir parts/a.sql\nSELECT 3;\n"),
                file("db/parts/a.sql", "\\i parts/b.sql\n\\ir b.sql\n"),
                file("db/parts/b.sql", "SELECT 2;"));

        assertThat(sent.content()).isEqualTo("SELECT 1;\nSELECT 2;\nSELECT 2;\n\nSELECT 3;\n");
        assertThat(sent.path()).isEqualTo("db/1.sql");
        assertThat(sent.origin(new Span(10, 18)).source().path()).isEqualTo("db/parts/b.sql");
        assertThat(sent.position(sent.content().indexOf("SELECT 3"))).hasToString("3:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\i ../../outside.sql", "\\i gone.sql", "\\ir 1.sql", "\\i /etc/passwd", "\\i :unknown"})
    void whatCanNotBeIncludedStays(String line) {
        assertThat(sent("SELECT 1;\n" + line + "\n")).isEqualTo("SELECT 1;\n" + line + "\n");
    }

    @Test
    void givenVariablesAreFilledIn() {
        assertThat(sent(
                                Map.of("schema", "app"),
                                file("1.sql", "CREATE TABLE :\"schema\".t (s text DEFAULT :'schema');"))
                        .content())
                .isEqualTo("CREATE TABLE \"app\".t (s text DEFAULT 'app');");
    }

    @Test
    void anOrdinaryScriptIsTheFileItself() {
        for (String script : Stream.of("SELECT 1; -- it's", "", "SELECT E'\\n', :x;", "\\echo hello\n")
                .toList()) {
            SourceText file = file("1.sql", script);
            assertThat(sent(Map.of(), file)).isSameAs(file);
        }
    }

    @Test
    void anyScriptIsRead() {
        String alphabet = "\\ :'\"$;-/*\n\tset if endif copy t from stdin i (a)E";
        Random random = new Random(11);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder script = new StringBuilder("\\");
            for (int k = random.nextInt(60); k >= 0; k--) {
                script.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            SourceText sent = sent(Map.of("t", "x"), file("db/1.sql", script.toString()));
            for (int at = 0; at <= sent.length(); at++) {
                assertThat(sent.position(at)).isNotNull();
            }
        }
    }
}
