package dev.lockstep.parse;

import dev.lockstep.text.Span;

/** A lexical token of SQL; the span includes quotes. */
public record Token(Kind kind, int start, int end) {

    public enum Kind {
        /** A keyword or an unquoted identifier, placeholders inside it included. */
        WORD,
        QUOTED_IDENTIFIER,
        STRING,
        NUMBER,
        /** {@code $1} */
        PARAMETER,
        OPERATOR,
        OPEN,
        CLOSE,
        COMMA,
        SEMICOLON,
        COMMENT,
        /** A psql meta-command, to the end of its line. */
        PSQL_COMMAND,
        /** A string, quoted identifier or comment that the text ends inside, or a character no token starts with. */
        INVALID,
        END
    }

    public Span span() {
        return new Span(start, end);
    }

    public boolean is(Kind expected) {
        return kind == expected;
    }

    /** Whether this is the unquoted word {@code word}, in any letter case. */
    public boolean isWord(CharSequence text, String word) {
        if (kind != Kind.WORD || end - start != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (Character.toLowerCase(text.charAt(start + i)) != Character.toLowerCase(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
