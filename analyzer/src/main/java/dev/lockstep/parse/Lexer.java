package dev.lockstep.parse;

import dev.lockstep.parse.Token.Kind;

/**
 * Cuts text into tokens by the rules of PostgreSQL's scanner ({@code scan.l}) with {@code standard_conforming_strings} on, plus two
 * things a migration holds that the server never sees: psql meta-commands and {@code ${placeholders}}.
 */
final class Lexer {

    private static final String OPERATOR_CHARACTERS = "+-*/<>=~!@#%^&|`?:.";

    private final String text;
    private int at;

    Lexer(String text, int from) {
        this.text = text;
        this.at = from;
    }

    int offset() {
        return at;
    }

    void moveTo(int offset) {
        at = offset;
    }

    /** The next token, comments included; {@link Kind#END} at the end of the text. */
    Token next() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        int start = at;
        if (start >= text.length()) {
            return new Token(Kind.END, start, start);
        }
        Kind kind = scan(text.charAt(start));
        return new Token(kind, start, at);
    }

    private Kind scan(char first) {
        switch (first) {
            case ';':
                return single(Kind.SEMICOLON);
            case ',':
                return single(Kind.COMMA);
            case '(', '[':
                return single(Kind.OPEN);
            case ')', ']':
                return single(Kind.CLOSE);
            case '\\':
                at = endOfLine(at);
                return Kind.PSQL_COMMAND;
            case '\'':
                return quoted('\'', Kind.STRING, false);
            case '"':
                return quoted('"', Kind.QUOTED_IDENTIFIER, false);
            case '$':
                return dollar();
            default:
                break;
        }
        if (text.startsWith("--", at)) {
            at = endOfLine(at);
            return Kind.COMMENT;
        }
        if (text.startsWith("/*", at)) {
            return blockComment();
        }
        if (isDigit(first) || (first == '.' && isDigit(peek(1)))) {
            return number();
        }
        if (isWordStart(first)) {
            return wordOrPrefixedString(first);
        }
        if (OPERATOR_CHARACTERS.indexOf(first) >= 0) {
            return operator();
        }
        return single(Kind.INVALID);
    }

    private Kind single(Kind kind) {
        at++;
        return kind;
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', from);
        if (end < 0) {
            return text.length();
        }
        return end > from && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    /** A quoted token from the quote at the current offset; a doubled quote stands for itself. */
    private Kind quoted(char quote, Kind kind, boolean backslashEscapes) {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && backslashEscapes) {
                at = Math.min(at + 2, text.length());
            } else if (c != quote) {
                at++;
            } else if (peek(1) == quote) {
                at += 2;
            } else {
                at++;
                return kind;
            }
        }
        return Kind.INVALID;
    }

    private Kind dollar() {
        if (peek(1) == '{' && placeholderEnd(at) > 0) {
            return word();
        }
        if (isDigit(peek(1))) {
            at++;
            while (isDigit(peek(0))) {
                at++;
            }
            return Kind.PARAMETER;
        }
        int tagEnd = at + 1;
        while (tagEnd < text.length() && isTagCharacter(text.charAt(tagEnd))) {
            tagEnd++;
        }
        if (tagEnd >= text.length() || text.charAt(tagEnd) != '$') {
            return single(Kind.INVALID);
        }
        String tag = text.substring(at, tagEnd + 1);
        int close = text.indexOf(tag, tagEnd + 1);
        at = close < 0 ? text.length() : close + tag.length();
        return close < 0 ? Kind.INVALID : Kind.STRING;
    }

    /** Where the placeholder that starts at {@code from} ends, or -1 when this is none; it never spans lines. */
    private int placeholderEnd(int from) {
        for (int i = from + 2; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '}') {
                return i + 1;
            }
            if (c == '\n' || c == '{' || c == '\'' || c == ';') {
                return -1;
            }
        }
        return -1;
    }

    private Kind blockComment() {
        int depth = 0;
        while (at < text.length()) {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
                if (depth == 0) {
                    return Kind.COMMENT;
                }
            } else {
                at++;
            }
        }
        return Kind.INVALID;
    }

    private Kind number() {
        while (isDigit(peek(0)) || isLetter(peek(0)) || peek(0) == '_' || (peek(0) == '.' && peek(1) != '.')) {
            boolean exponent = peek(0) == 'e' || peek(0) == 'E';
            at++;
            if (exponent && (peek(0) == '+' || peek(0) == '-') && isDigit(peek(1))) {
                at++;
            }
        }
        return Kind.NUMBER;
    }

    private Kind wordOrPrefixedString(char first) {
        char second = peek(1);
        if (second == '\'') {
            switch (first) {
                case 'e', 'E':
                    at++;
                    return quoted('\'', Kind.STRING, true);
                case 'b', 'B', 'x', 'X', 'n', 'N':
                    at++;
                    return quoted('\'', Kind.STRING, false);
                default:
                    break;
            }
        }
        if ((first == 'u' || first == 'U') && second == '&' && (peek(2) == '\'' || peek(2) == '"')) {
            char quote = peek(2);
            at += 2;
            return quoted(quote, quote == '"' ? Kind.QUOTED_IDENTIFIER : Kind.STRING, false);
        }
        return word();
    }

    private Kind word() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '$' && peek(1) == '{') {
                int end = placeholderEnd(at);
                if (end < 0) {
                    break;
                }
                at = end;
            } else if (isWordStart(c) || isDigit(c) || c == '$') {
                at++;
            } else {
                break;
            }
        }
        return Kind.WORD;
    }

    private Kind operator() {
        do {
            at++;
        } while (at < text.length()
                && OPERATOR_CHARACTERS.indexOf(text.charAt(at)) >= 0
                && !text.startsWith("--", at)
                && !text.startsWith("/*", at)
                && !(text.charAt(at) == '.' && isDigit(peek(1)))
                && !(text.charAt(at - 1) == '.' && text.charAt(at) != '.'));
        return Kind.OPERATOR;
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u000B';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Every byte over 127 is a letter to PostgreSQL. */
    static boolean isWordStart(char c) {
        return isLetter(c) || c == '_' || c >= 0x80;
    }

    private static boolean isTagCharacter(char c) {
        return isWordStart(c) || isDigit(c);
    }
}
