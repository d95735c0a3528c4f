package dev.lockstep.sql;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** How PostgreSQL reads and shortens names, in a database whose encoding is UTF-8. */
public final class NameRules {

    /** The most bytes a name can have: {@code NAMEDATALEN - 1}. */
    public static final int LONGEST = 63;

    /** Keywords that can't name a column or table unless they are quoted, by {@code pg_get_keywords()}. */
    private static final Set<String> RESERVED = words("""
            all analyse analyze and any array as asc asymmetric authorization binary both case cast check
            collate collation column concurrently constraint create cross current_catalog current_date
            current_role current_schema current_time current_timestamp current_user default deferrable desc
            distinct do else end except false fetch for foreign freeze from full grant group having ilike in
            initially inner intersect into is isnull join lateral leading left like limit localtime
            localtimestamp natural not notnull null offset on only or order outer overlaps placing primary
            references returning right select session_user similar some symmetric system_user table tablesample
            then to trailing true union unique user using variadic verbose when where window with""");

    /** Keywords that name columns and tables as they are, but no functions or types. */
    private static final Set<String> RESERVED_FOR_CALLS = words("""
            between bigint bit boolean char character coalesce dec decimal exists extract float greatest
            grouping inout int integer interval json json_array json_arrayagg json_exists json_object
            json_objectagg json_query json_scalar json_serialize json_table json_value least merge_action
            national nchar none normalize nullif numeric out overlay position precision real row setof smallint
            substring time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement xmlexists
            xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable""");

    private NameRules() {}

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }

    /** Whether a column or table so called must be quoted. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    /** Whether {@code quote_ident} quotes it for being a keyword. */
    public static boolean isQuotedKeyword(String name) {
        return RESERVED.contains(name) || RESERVED_FOR_CALLS.contains(name);
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
