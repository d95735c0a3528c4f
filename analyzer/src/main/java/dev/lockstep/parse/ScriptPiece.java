package dev.lockstep.parse;

import dev.lockstep.text.Span;
import java.util.List;
import java.util.OptionalInt;

/**
 * A stretch of a script: one statement, one psql meta-command, or the data lines of a COPY.
 *
 * @param span from the first to the last token, without the terminator
 * @param end where the next piece may start
 * @param tokens the statement's tokens, without comments and the terminating semicolon
 * @param invalid the offset of a token that never ends, or that is none; or the inner semicolon of a body that never ends
 * @param innerSemicolon the end of the first semicolon inside parentheses or a body: where an unbalanced statement may really end
 */
record ScriptPiece(Kind kind, Span span, int end, List<Token> tokens, OptionalInt invalid, OptionalInt innerSemicolon) {

    enum Kind {
        STATEMENT,
        PSQL_COMMAND,
        COPY_DATA
    }
}
