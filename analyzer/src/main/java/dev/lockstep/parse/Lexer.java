package dev.lockstep.parse;

import dev.lockstep.parse.PlaceholderForm.Found;
import dev.lockstep.parse.Token.Kind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts text into tokens by the rules of PostgreSQL's scanner ({@code scan.l}) with {@code standard_conforming_strings} on, plus two
 * things a migration holds that the server never sees: psql meta-commands and {@linkplain PlaceholderForm placeholders}.
 */
public final class Lexer {

    private static final String OPERATOR_CHARACTERS = "+-*/<>=~!@#%^&|`?";

    /** An operator of several characters may end in + or - only if it holds one of these. */
    private static final String FREE_OPERATOR_CHARACTERS = "~!@#%^&|`?";

    /** What can be a part of a name. */
    private static final Set<PlaceholderForm> INSIDE_WORDS =
            EnumSet.of(PlaceholderForm.DOLLAR, PlaceholderForm.BRACES, PlaceholderForm.AT_SIGNS, PlaceholderForm.PSQL);

    /** How a quote stands inside quotes. */
    private enum Escapes {
        /** Not at all: bit strings. */
        NONE,
        DOUBLED,
        /** Doubled, or after a backslash: E strings. */
        BACKSLASH
    }

    private final String text;
    private int at;
    private int brackets;
    private Kind previous = Kind.END;

    public Lexer(String text, int from) {
        this.text = text;
        this.at = from;
    }

    int offset() {
        return at;
    }

    public void moveTo(int offset) {
        at = offset;
    }

    /** The next token, comments included; {@link Kind#END} at the end of the text. */
    public Token next() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        int start = at;
        if (start >= text.length()) {
            return new Token(Kind.END, start, start);
        }
        Kind kind = scan(text.charAt(start));
        previous = kind == Kind.COMMENT ? previous : kind;
        return new Token(kind, start, at);
    }

    private Kind scan(char first) {
        if (isDigit(first) || (first == '.' && isDigit(peek(1)))) {
            return number();
        }
        Optional<Found> placeholder = placeholder();
        if (placeholder.isPresent()) {
            return placeholder(placeholder.get());
        }
        return switch (first) {
            case ';' -> single(Kind.SEMICOLON);
            case ',' -> single(Kind.COMMA);
            case '(' -> single(Kind.OPEN);
            case ')' -> single(Kind.CLOSE);
            case '[' -> {
                brackets++;
                yield single(Kind.OPEN);
            }
            case ']' -> {
                brackets--;
                yield single(Kind.CLOSE);
            }
            case '\\' -> upTo(endOfLine(at), Kind.PSQL_COMMAND);
            case '\'' -> string(Escapes.DOUBLED);
            case '"' -> quoted('"', Kind.QUOTED_IDENTIFIER, Escapes.DOUBLED);
            case '.', ':' -> punctuation(first);
            case '$' -> dollar();
            default -> commentWordOrOperator(first);
        };
    }

    private Kind commentWordOrOperator(char first) {
        if (text.startsWith("--", at)) {
            return upTo(endOfLineComment(at), Kind.COMMENT);
        }
        if (text.startsWith("/*", at)) {
            return blockComment();
        }
        if (isWordStart(first)) {
            return wordOrPrefixedString(first);
        }
        return OPERATOR_CHARACTERS.indexOf(first) >= 0 ? operator() : single(Kind.INVALID);
    }

    private Kind upTo(int end, Kind kind) {
        at = end;
        return kind;
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

    private int endOfLineComment(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /** A string, with the strings that continue it: those that follow after blanks with a line break among them. */
    private Kind string(Escapes escapes) {
        Kind kind = quoted('\'', Kind.STRING, escapes);
        for (int next = continuation(); kind == Kind.STRING && next >= 0; next = continuation()) {
            at = next;
            kind = quoted('\'', Kind.STRING, escapes);
        }
        return kind;
    }

    /** Where the string before the current offset goes on, or -1. */
    private int continuation() {
        boolean lineBreak = false;
        int next = at;
        while (next < text.length() && isSpace(text.charAt(next))) {
            lineBreak = lineBreak || text.charAt(next) == '\n' || text.charAt(next) == '\r';
            next++;
        }
        return lineBreak && next < text.length() && text.charAt(next) == '\'' ? next : -1;
    }

    /** A quoted token from the quote at the current offset. */
    private Kind quoted(char quote, Kind kind, Escapes escapes) {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && escapes == Escapes.BACKSLASH) {
                at = Math.min(at + 2, text.length());
            } else if (c != quote) {
                at++;
            } else if (peek(1) == quote && escapes != Escapes.NONE) {
                at += 2;
            } else {
                at++;
                return kind;
            }
        }
        return Kind.INVALID;
    }

    private Kind dollar() {
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

    /** A placeholder at the current offset; a colon in brackets is a slice, and a percent sign after a value an operator. */
    private Optional<Found> placeholder() {
        return PlaceholderForm.at(text, at)
                .filter(found -> brackets <= 0 || !found.form().isPsql())
                .filter(found -> found.form() != PlaceholderForm.PERCENT
                        || previous == Kind.OPEN
                        || previous == Kind.COMMA
                        || previous == Kind.OPERATOR);
    }

    private Kind placeholder(Found found) {
        return switch (found.form()) {
            case PSQL_STRING -> upTo(found.end(), Kind.STRING);
            case PSQL_IDENTIFIER -> upTo(found.end(), Kind.QUOTED_IDENTIFIER);
            case PERCENT -> upTo(found.end(), Kind.WORD);
            case DOLLAR, BRACES, AT_SIGNS, PSQL -> {
                at = found.end();
                yield word(Kind.WORD);
            }
        };
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

    /** A number, with any letters that stick to it: PostgreSQL refuses those as junk, whatever they are cut into. */
    private Kind number() {
        if (peek(0) == '0' && "xXoObB".indexOf(peek(1)) >= 0) {
            return word(Kind.NUMBER);
        }
        digits();
        if (peek(0) == '.' && peek(1) != '.') {
            at++;
            digits();
        }
        if (peek(0) == 'e' || peek(0) == 'E') {
            int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
            if (isDigit(peek(1 + sign))) {
                at += 1 + sign;
                digits();
            }
        }
        return isWordStart(peek(0)) ? word(Kind.NUMBER) : Kind.NUMBER;
    }

    private void digits() {
        while (isDigit(peek(0)) || (peek(0) == '_' && isDigit(peek(1)))) {
            at++;
        }
    }

    private Kind wordOrPrefixedString(char first) {
        char second = peek(1);
        if (second == '\'' && "eEbBxXnN".indexOf(first) >= 0) {
            at++;
            return switch (first) {
                case 'e', 'E' -> string(Escapes.BACKSLASH);
                // The type nchar, and an ordinary string after it.
                case 'n', 'N' -> Kind.WORD;
                default -> string(Escapes.NONE);
            };
        }
        if ((first == 'u' || first == 'U') && second == '&' && (peek(2) == '\'' || peek(2) == '"')) {
            at += 2;
            return peek(0) == '"' ? quoted('"', Kind.QUOTED_IDENTIFIER, Escapes.DOUBLED) : string(Escapes.DOUBLED);
        }
        return word(Kind.WORD);
    }

    private Kind word(Kind kind) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isWordStart(c) || isDigit(c) || (c == '$' && peek(1) != '{')) {
                at++;
                continue;
            }
            Optional<Found> inside = placeholder().filter(found -> INSIDE_WORDS.contains(found.form()));
            if (inside.isEmpty()) {
                break;
            }
            at = inside.get().end();
        }
        return kind;
    }

    /** {@code .} and {@code ..}, {@code :}, {@code ::} and {@code :=}: never part of an operator. */
    private Kind punctuation(char first) {
        char second = peek(1);
        at += second == first || (first == ':' && second == '=') ? 2 : 1;
        return Kind.OPERATOR;
    }

    private Kind operator() {
        int start = at;
        boolean free = false;
        do {
            free = free || FREE_OPERATOR_CHARACTERS.indexOf(text.charAt(at)) >= 0;
            at++;
        } while (at < text.length()
                && OPERATOR_CHARACTERS.indexOf(text.charAt(at)) >= 0
                && !text.startsWith("--", at)
                && !text.startsWith("/*", at));
        while (!free && at - start > 1 && (text.charAt(at - 1) == '+' || text.charAt(at - 1) == '-')) {
            at--;
        }
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
