package dev.lockstep.source.psql;

/** Where quotes and comments end, by the rules of psql's scanner. */
final class Quoting {

    private Quoting() {}

    /** Behind the quote or comment that starts at {@code at}, or {@code at} where none does. */
    static int skip(String text, int at) {
        char c = text.charAt(at);
        if (c == '\'') {
            return quoted(text, at, isEscapeString(text, at));
        }
        if (c == '"') {
            return quoted(text, at, false);
        }
        if (c == '-' && text.startsWith("--", at)) {
            return indexOrEnd(text, '\n', at);
        }
        if (c == '/' && text.startsWith("/*", at)) {
            return comment(text, at);
        }
        return c == '$' ? dollar(text, at) : at;
    }

    static int indexOrEnd(String text, char wanted, int from) {
        int found = text.indexOf(wanted, from);
        return found < 0 ? text.length() : found;
    }

    static boolean isWord(char c) {
        return c == '_' || c >= 0x80 || Character.isLetterOrDigit(c);
    }

    private static boolean isEscapeString(String text, int at) {
        return at > 0
                && (text.charAt(at - 1) == 'E' || text.charAt(at - 1) == 'e')
                && (at < 2 || !isWord(text.charAt(at - 2)));
    }

    private static int quoted(String text, int from, boolean escapes) {
        char quote = text.charAt(from);
        for (int at = from + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && escapes) {
                at++;
            } else if (c == quote && at + 1 < text.length() && text.charAt(at + 1) == quote) {
                at++;
            } else if (c == quote) {
                return at + 1;
            }
        }
        return text.length();
    }

    private static int comment(String text, int from) {
        int depth = 0;
        for (int at = from; at < text.length() - 1; at++) {
            if (text.startsWith("/*", at)) {
                depth++;
                at++;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at++;
                if (depth == 0) {
                    return at + 1;
                }
            }
        }
        return text.length();
    }

    private static int dollar(String text, int from) {
        if (from > 0 && (isWord(text.charAt(from - 1)) || text.charAt(from - 1) == '$')) {
            return from;
        }
        int tagEnd = from + 1;
        while (tagEnd < text.length() && isWord(text.charAt(tagEnd))) {
            tagEnd++;
        }
        boolean tag = tagEnd < text.length() && text.charAt(tagEnd) == '$' && !Character.isDigit(text.charAt(from + 1));
        if (!tag) {
            return from;
        }
        String mark = text.substring(from, tagEnd + 1);
        int close = text.indexOf(mark, tagEnd + 1);
        return close < 0 ? text.length() : close + mark.length();
    }
}
