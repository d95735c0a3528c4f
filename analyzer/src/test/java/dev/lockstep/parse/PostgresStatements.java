package dev.lockstep.parse;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockstep.pgquery.PgQuery;
import dev.lockstep.text.Utf8Offsets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Where PostgreSQL's parser, given a whole script, says that its statements are. */
final class PostgresStatements {

    private PostgresStatements() {}

    /** The statements' text, without the blanks and comments before and after. */
    static List<String> of(String script) {
        Utf8Offsets offsets = Utf8Offsets.encode(script, 0);
        List<String> statements = new ArrayList<>();
        int start = 0;
        int depth = 0;
        try (JsonParser parser =
                new JsonFactory().createParser(PgQuery.instance().parse(offsets.bytes()))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                }
                if (token != JsonToken.VALUE_NUMBER_INT || depth != 3) {
                    continue;
                }
                if (parser.currentName().equals("stmt_location")) {
                    start = parser.getIntValue();
                } else if (parser.currentName().equals("stmt_len")) {
                    int end = start + parser.getIntValue();
                    statements.add(trimmed(script.substring(offsets.utf16(start), offsets.utf16(end))));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return statements;
    }

    private static String trimmed(String statement) {
        Lexer lexer = new Lexer(statement, 0);
        int start = -1;
        int end = 0;
        for (Token token = lexer.next(); !token.is(Token.Kind.END); token = lexer.next()) {
            if (!token.is(Token.Kind.COMMENT)) {
                start = start < 0 ? token.start() : start;
                end = token.end();
            }
        }
        return statement.substring(start, end);
    }
}
