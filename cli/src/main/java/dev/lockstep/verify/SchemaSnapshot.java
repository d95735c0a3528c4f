package dev.lockstep.verify;

import dev.lockstep.observe.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Every definition of the user schemas, one a line, as the server writes it; the order of columns does not count. */
record SchemaSnapshot(SortedSet<String> definitions) {

    /** Stands in the queries for: the object is a user's own, not an extension's. */
    private static final Pattern USER = Pattern.compile("USER\\((\\S+)\\)");

    private static final String IS_USERS = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
            + " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = $1 AND d.deptype = 'e')";

    private static final List<String> QUERIES = List.of(
            "SELECT 'schema ' || quote_ident(n.nspname) FROM pg_namespace n WHERE USER(n.oid)",
            """
            SELECT format('relation %s %s %s %s %s', c.relkind, c.oid::regclass, c.relpersistence,
                array_to_string(c.reloptions, ','), pg_get_expr(c.relpartbound, c.oid))
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c') AND USER(c.oid)""",
            """
            SELECT format('inherits %s %s', i.inhrelid::regclass, i.inhparent::regclass)
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE USER(c.oid)""",
            """
            SELECT format('partition key %s %s', c.oid::regclass, pg_get_partkeydef(c.oid))
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'p' AND USER(c.oid)""",
            """
            SELECT format('column %s.%I %s%s%s%s%s%s', c.oid::regclass, a.attname, format_type(a.atttypid, a.atttypmod),
                CASE WHEN a.attnotnull THEN ' not null' END, ' default ' || pg_get_expr(d.adbin, d.adrelid),
                ' identity ' || nullif(a.attidentity::text, ''), ' generated ' || nullif(a.attgenerated::text, ''),
                ' collate ' || nullif(a.attcollation, t.typcollation)::regcollation::text)
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_type t ON t.oid = a.atttypid
                LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND USER(c.oid)""",
            """
            SELECT format('constraint %I on %s %s', k.conname, coalesce(k.conrelid::regclass::text, k.contypid::regtype::text),
                pg_get_constraintdef(k.oid))
            FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE USER(k.oid)""",
            """
            SELECT pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' (invalid)' END
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE USER(c.oid)""",
            """
            SELECT format('view %s %s', c.oid::regclass, pg_get_viewdef(c.oid))
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND USER(c.oid)""",
            """
            SELECT pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT t.tgisinternal AND USER(c.oid)""",
            """
            SELECT format('policy %I on %s %s %s %s %s %s', p.polname, p.polrelid::regclass, p.polcmd, p.polpermissive,
                p.polroles::regrole[], pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
            FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE USER(c.oid)""",
            """
            SELECT CASE WHEN p.prokind = 'a' THEN format('aggregate %s', p.oid::regprocedure) ELSE pg_get_functiondef(p.oid) END
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE USER(p.oid)""",
            """
            SELECT format('sequence %s %s from %s by %s, %s to %s%s', s.seqrelid::regclass, s.seqtypid::regtype, s.seqstart,
                s.seqincrement, s.seqmin, s.seqmax, CASE WHEN s.seqcycle THEN ' cycle' END)
            FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE USER(c.oid)""",
            """
            SELECT format('type %s %s %s%s', t.oid::regtype, t.typtype, nullif(format_type(t.typbasetype, t.typtypmod), '-'),
                CASE WHEN t.typnotnull THEN ' not null' END || ' default ' || t.typdefault)
            FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
            WHERE t.typtype IN ('d', 'e', 'r') AND USER(t.oid)""",
            """
            SELECT format('enum %s %s', e.enumtypid::regtype, string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder))
            FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace
            WHERE USER(t.oid) GROUP BY e.enumtypid""",
            """
            SELECT format('comment on %s: %s', pg_describe_object(d.classoid, d.objoid, d.objsubid), d.description)
            FROM pg_description d JOIN pg_class c ON d.classoid = 'pg_class'::regclass AND c.oid = d.objoid
                JOIN pg_namespace n ON n.oid = c.relnamespace WHERE USER(c.oid)""",
            """
            SELECT format('grant on %s: %s to %s by %s', c.oid::regclass, a.privilege_type, a.grantee::regrole, a.grantor::regrole)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN aclexplode(c.relacl) a
            WHERE a.grantee <> c.relowner AND USER(c.oid)""",
            "SELECT format('extension %s %s', extname, extversion) FROM pg_extension");

    static SchemaSnapshot of(Database database) throws SQLException {
        SortedSet<String> definitions = new TreeSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            // Names are written with their schema unless it is in the search path.
            statement.execute("SET search_path = pg_catalog");
            for (String query : QUERIES) {
                try (ResultSet rows = statement.executeQuery(USER.matcher(query).replaceAll(IS_USERS))) {
                    while (rows.next()) {
                        definitions.add(rows.getString(1));
                    }
                }
            }
        }
        return new SchemaSnapshot(definitions);
    }

    /** What is here and not in {@code other}. */
    List<String> without(SchemaSnapshot other) {
        List<String> rest = new ArrayList<>(definitions);
        rest.removeAll(other.definitions);
        return rest;
    }
}
