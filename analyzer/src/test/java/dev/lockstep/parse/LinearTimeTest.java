package dev.lockstep.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testing.Sql;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reading takes time in proportion to the text, whatever the text: eight times as much may take thirty times as long here, where work in
 * proportion to the square would take sixty-four times.
 */
class LinearTimeTest {

    private static final int SMALL = 20_000;
    private static final int FACTOR = 8;
    private static final double BOUND = 30;

    static Stream<Arguments> texts() {
        return Stream.of(
                text("quotes", i -> "SELECT 'a;\n"),
                text("quoted identifiers", i -> "SELECT \"a;\n"),
                text("parentheses", i -> "SELECT (1;\n"),
                text("dollar quotes", i -> "SELECT $t" + i + "$;\n"),
                text("comments", i -> "SELECT /* /* */ 1;\n"),
                text("bodies", i -> "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1;\n"),
                text("rule lists", i -> "CREATE RULE r AS ON INSERT TO t DO (SELECT 1;\n"),
                text("no semicolons", i -> "ALTER TABLE t ADD a int\n"),
                text("escapes and meta-commands", i -> "E'\\';\n"),
                text("meta-commands", i -> "\\foo '\n"),
                text("placeholders", i -> "SELECT ${a}, ${b;\n"),
                text("open parentheses", i -> "("),
                text("statements", i -> "ALTER TABLE t" + i + " ADD COLUMN a int DEFAULT 0, DROP COLUMN b;\n"),
                text("rows", i -> i == 0 ? "INSERT INTO t VALUES (1,'a')" : ",(1,'a;b')"),
                text("refused rows", i -> i == 0 ? "INSERT INTO t VALUS (1,'a')" : ",(1,'a;b')"),
                text("dropped tables", i -> i == 0 ? "DROP TABLE a" : ",a" + i),
                text("actions", i -> i == 0 ? "ALTER TABLE a ADD b int" : ",ADD b" + i + " int"),
                text("column constraints", i -> i == 0 ? "ALTER TABLE a ADD b int" : " CHECK (b>1)"));
    }

    private static Arguments text(String name, IntFunction<String> part) {
        return Arguments.of(name, part);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void timeIsInProportion(String name, IntFunction<String> part) {
        String small = repeated(part, SMALL);
        String large = repeated(part, SMALL * FACTOR);
        nanoseconds(small);
        double best = Double.MAX_VALUE;
        for (int attempt = 0; attempt < 4 && best > BOUND; attempt++) {
            double once = nanoseconds(small);
            best = Math.min(best, nanoseconds(large) / once);
        }
        assertThat(best).as(name).isLessThan(BOUND);
    }

    private static String repeated(IntFunction<String> part, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < length; i++) {
            text.append(part.apply(i));
        }
        return text.toString();
    }

    private static double nanoseconds(String text) {
        long start = System.nanoTime();
        ParsedScript script = Sql.script(text);
        long taken = System.nanoTime() - start;
        assertThat(script.source().length()).isEqualTo(text.length());
        return taken;
    }
}
