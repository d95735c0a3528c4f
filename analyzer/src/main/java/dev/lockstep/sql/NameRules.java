package dev.lockstep.sql;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** How PostgreSQL reads and shortens names, in a database whose encoding is UTF-8. */
public final class NameRules {

    /** The most bytes a name can have: {@code NAMEDATALEN - 1}. */
    public static final int LONGEST = 63;

    /** The keywords that {@code quote_ident} quotes and people do name columns and tables. */
    private static final Set<String> RESERVED = Set.of(
            "all",
            "analyse",
            "analyze",
            "and",
            "any",
            "array",
            "as",
            "asc",
            "between",
            "both",
            "case",
            "cast",
            "check",
            "collate",
            "column",
            "constraint",
            "create",
            "cross",
            "current_date",
            "current_user",
            "default",
            "desc",
            "distinct",
            "do",
            "else",
            "end",
            "except",
            "exists",
            "false",
            "fetch",
            "for",
            "foreign",
            "from",
            "full",
            "grant",
            "group",
            "having",
            "in",
            "inner",
            "intersect",
            "into",
            "is",
            "join",
            "left",
            "like",
            "limit",
            "natural",
            "not",
            "null",
            "offset",
            "on",
            "only",
            "or",
            "order",
            "outer",
            "primary",
            "references",
            "returning",
            "right",
            "select",
            "session_user",
            "some",
            "table",
            "then",
            "to",
            "true",
            "union",
            "unique",
            "user",
            "using",
            "values",
            "when",
            "where",
            "window",
            "with");

    private NameRules() {}

    /** Whether an identifier so written must be quoted. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    /** An unquoted identifier as stored: ASCII letters in lower case, all others as written, cut to {@link #LONGEST} bytes. */
    public static String fold(String written) {
        StringBuilder folded = new StringBuilder(written);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return cut(folded.toString(), LONGEST);
    }

    /** The longest start of {@code name} that has at most {@code bytes} bytes and ends with a whole character. */
    public static String cut(String name, int bytes) {
        if (name.length() <= bytes / 4) {
            return name;
        }
        int used = 0;
        for (int i = 0; i < name.length(); ) {
            int codePoint = name.codePointAt(i);
            used += bytes(Character.toString(codePoint));
            if (used > bytes) {
                return name.substring(0, i);
            }
            i += Character.charCount(codePoint);
        }
        return name;
    }

    /** The length of a name as PostgreSQL counts it. */
    public static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
