package dev.lockstep.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockstep.parse.Token.Kind;
import dev.lockstep.pgquery.PgQuery;
import dev.lockstep.pgquery.PgQueryException;
import dev.lockstep.testing.Corpus;
import dev.lockstep.text.Span;
import dev.lockstep.text.Utf8Offsets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our tokens begin and end where those of PostgreSQL's own scanner do. */
class LexerDifferentialTest {

    private static final List<String> PIECES = List.of(
            "a",
            "B",
            "_x",
            "t1",
            "a$b",
            "é",
            "tabelle_ü",
            "名前",
            "😀",
            "select",
            "e",
            "E",
            "b",
            "x",
            "n",
            "u",
            "U",
            "u&",
            "'s'",
            "''",
            "'it''s'",
            "'a;b'",
            "'--'",
            "E'a\\'b'",
            "e'\\\\'",
            "E'\\''",
            "B'01'",
            "x'1F'",
            "N'x'",
            "U&'\\0041'",
            "u&\"d\"",
            "\"q\"",
            "\"a\"\"b\"",
            "$$a;b$$",
            "$t$ $$ $u$ $t$",
            "$é$'$é$",
            "$a$$b$a$",
            "1",
            "42",
            "1.5",
            ".5",
            "5.",
            "1e5",
            "1e-5",
            "1.5E+3",
            "1_000",
            "0x1F",
            "0o17",
            "0b01",
            "0x_1f",
            "1..2",
            "1...2",
            "1.2.3",
            "$1",
            "$23",
            "<->",
            "->>",
            "@-",
            "@>",
            "||",
            "!=",
            "<>",
            ">=",
            "<=",
            "=>",
            ":=",
            "::",
            ":",
            "..",
            ".",
            ",",
            ";",
            "(",
            ")",
            "[",
            "]",
            "+",
            "-",
            "*",
            "/",
            "%",
            "^",
            "<",
            ">",
            "=",
            "~",
            "!",
            "@",
            "#",
            "&",
            "|",
            "`",
            "?",
            "?|",
            "*-",
            "=-",
            "-+",
            "@-+",
            "--c\n",
            "-- it's ;\n",
            "--c\r",
            "/* c */",
            "/* a /* b */ c */",
            "/**/",
            "/***/",
            "/*/*/*/ */ */ */",
            "*/",
            "/*");

    private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\t", "\r\n", "  \n ", "\f", "\u000B");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a' 'b'",
                "SELECT 'a'\n'b'",
                "SELECT E'a'  \n  'b\\'c' /* x */ 'd'",
                "SELECT 'a' /* x */\n 'b'",
                "SELECT 'a' -- it\n 'b'",
                "SELECT U&'a'\n'b' UESCAPE '!'",
                "SELECT a.b.*, (c).d, e::int[1:2], f[1:-2], x := 1, y => 2, 1..2",
                "SELECT a<-b, a@-b, a+-b, a*/* c */b, a<--c\nb, a||'x', 1-- c\n-1, @-1, 5!-1, a#>>'{b}'",
                "SELECT $1, $2::int, $t$a$t$, $t$ $x$ $t$, a$1, $$$$",
                "SELECT 1e5, 1E-5, 1.e5, .5e+3, 0xAF, 0b1, 0o7, 1_000.000_1, 1.5.5",
                "SELECT b'1', B'0', x'F', n'x', N'y', e'\\'', U&\"d\\0061t\", u&'x', u & 'x', u&x",
                "--\r-- b\nSELECT 1",
                "SELECT é, Ä_1, \"ß\", '名前', $名$x$名$, 😀"
            })
    void agreesOn(String sql) {
        assertThat(compare(sql, "")).as("PostgreSQL's scanner takes it").isTrue();
    }

    static List<String> corpus() {
        return Corpus.statements();
    }

    @ParameterizedTest
    @MethodSource
    void corpus(String sql) {
        assertThat(compare(sql, "")).as("PostgreSQL's scanner takes it").isTrue();
    }

    @Test
    void agreesOnTokensGluedTogether() {
        int accepted = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            accepted += compare(glued(new Random(seed)), "seed " + seed + ": ") ? 1 : 0;
        }
        assertThat(accepted).as("texts that PostgreSQL's scanner takes").isGreaterThan(8_000);
    }

    private static String glued(Random random) {
        StringBuilder sql = new StringBuilder();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            sql.append(PIECES.get(random.nextInt(PIECES.size())));
            sql.append(SPACES.get(random.nextInt(SPACES.size())));
        }
        return sql.toString();
    }

    /**
     * Whether PostgreSQL's scanner takes the text; if it does, ours must cut it alike, and find nothing invalid. A stray backslash is a
     * meta-command, and a colon before a name a variable, to psql only.
     */
    private static boolean compare(String sql, String label) {
        Optional<List<Span>> theirs = postgresTokens(sql);
        if (theirs.isEmpty()) {
            return false;
        }
        List<Span> ours = new ArrayList<>();
        Lexer lexer = new Lexer(sql, 0);
        for (Token token = lexer.next(); !token.is(Kind.END); token = lexer.next()) {
            if (token.is(Kind.PSQL_COMMAND) || isPsqlVariable(token, sql)) {
                return false;
            }
            assertThat(token.kind()).as("%s%s at %d", label, sql, token.start()).isNotEqualTo(Kind.INVALID);
            ours.add(token.span());
        }
        assertThat(texts(ours, sql)).as(label + sql).isEqualTo(texts(theirs.get(), sql));
        return true;
    }

    private static boolean isPsqlVariable(Token token, String sql) {
        String text = sql.substring(token.start(), token.end());
        return token.is(Kind.WORD) && text.contains(":") || text.matches(":['\"].*");
    }

    private static List<String> texts(List<Span> spans, String sql) {
        return spans.stream()
                .map(span -> span.start() + ": " + sql.substring(span.start(), span.end()))
                .toList();
    }

    private static Optional<List<Span>> postgresTokens(String sql) {
        Utf8Offsets offsets = Utf8Offsets.encode(sql, 0);
        try {
            return Optional.of(read(PgQuery.instance().scan(offsets.bytes()), offsets));
        } catch (PgQueryException refused) {
            return Optional.empty();
        }
    }

    private static List<Span> read(byte[] json, Utf8Offsets offsets) {
        List<Span> spans = new ArrayList<>();
        int start = 0;
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    start = 0;
                } else if (token == JsonToken.VALUE_NUMBER_INT
                        && parser.currentName().equals("start")) {
                    start = parser.getIntValue();
                } else if (token == JsonToken.VALUE_NUMBER_INT
                        && parser.currentName().equals("end")) {
                    spans.add(new Span(offsets.utf16(start), offsets.utf16(parser.getIntValue())));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return spans;
    }
}
