package dev.lockstep.testkit.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** The schema of a server, from its catalogs. The first column of each query names the object. */
final class ServerSnapshot {

    private static final String USER_SCHEMAS =
            "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND n.nspname <> 'lockstep_extensions'";

    private static final String COLUMNS_OF = """
            (SELECT coalesce(string_agg(coalesce(a.attname, 'expr'), ',' ORDER BY part.place), '')
             FROM unnest(%s) WITH ORDINALITY AS part (number, place)
             LEFT JOIN pg_attribute a ON a.attrelid = %s AND a.attnum = part.number)""";

    /** Names without quotes, as ours have none. */
    private static final String RELATION_NAME = """
            CREATE FUNCTION pg_temp.relation(oid) RETURNS text LANGUAGE sql STABLE AS $$
              SELECT coalesce((SELECT n.nspname || '.' || c.relname FROM pg_catalog.pg_class c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = $1), '')
            $$""";

    private static final String TABLES =
            """
            SELECT 'table ' || n.nspname || '.' || c.relname,
              c.relkind AS kind, c.relpersistence AS persistence, c.relrowsecurity AS row_security,
              coalesce((SELECT string_agg(pn.nspname || '.' || p.relname, ',' ORDER BY i.inhseqno)
                FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
                WHERE i.inhrelid = c.oid), '') AS parents,
              coalesce((SELECT CASE k.partstrat WHEN 'l' THEN 'LIST' WHEN 'r' THEN 'RANGE' ELSE 'HASH' END || ' '
                  || %s FROM pg_partitioned_table k WHERE k.partrelid = c.oid), '') AS partition_key,
              CASE WHEN NOT c.relispartition THEN '' WHEN pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT' THEN 'default'
                ELSE 'bound' END AS partition
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND %s""".formatted(COLUMNS_OF.formatted("k.partattrs::int2[]", "c.oid"), USER_SCHEMAS);

    private static final String COLUMNS = """
            SELECT 'column ' || n.nspname || '.' || c.relname || '.' || a.attname,
              format_type(a.atttypid, a.atttypmod) AS type,
              CASE WHEN c.relkind IN ('v', 'm') THEN '' ELSE
                (row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum))::text END AS place,
              a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'n'
                AND k.conkey = ARRAY[a.attnum] AND NOT k.convalidated) AS not_null,
              a.atthasdef AND a.attgenerated = '' AS has_default,
              a.attgenerated AS generated, a.attidentity AS identity, a.attislocal AS local,
              coalesce((SELECT l.collname FROM pg_collation l JOIN pg_type t ON t.oid = a.atttypid
                WHERE l.oid = a.attcollation AND a.attcollation <> t.typcollation), '') AS collation
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped AND %s""".formatted(USER_SCHEMAS);

    private static final String CONSTRAINTS = """
            SELECT 'constraint ' || n.nspname || '.' || c.relname || '.' || k.conname,
              k.contype AS kind, k.convalidated AS valid, k.condeferrable AS deferrable, k.condeferred AS deferred,
              k.connoinherit AND k.contype IN ('c', 'n') AS no_inherit, k.conislocal AS local,
              CASE WHEN k.contype = 'c' THEN
                (SELECT coalesce(string_agg(a.attname, ',' ORDER BY a.attname), '') FROM pg_attribute a
                 WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey))
                ELSE %s END AS columns,
              pg_temp.relation(k.confrelid) AS referenced, %s AS referenced_columns,
              pg_temp.relation(k.conindid) AS index, %%s AS enforced
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE k.contype IN ('c', 'p', 'u', 'f', 'x', 'n') AND %s
              AND NOT EXISTS (SELECT FROM pg_constraint whole WHERE whole.oid = k.conparentid
                AND whole.conrelid = k.conrelid)""".formatted(
                    COLUMNS_OF.formatted("k.conkey", "k.conrelid"),
                    COLUMNS_OF.formatted("k.confkey", "k.confrelid"),
                    USER_SCHEMAS);

    private static final String INDEXES =
            """
            SELECT 'index ' || n.nspname || '.' || c.relname,
              pg_temp.relation(x.indrelid) AS table, %s AS columns, x.indisunique AS unique, x.indisvalid AS valid,
              x.indpred IS NOT NULL AS partial, x.indnkeyatts::text AS keys, m.amname AS method,
              coalesce((SELECT pg_temp.relation(i.inhparent) FROM pg_inherits i WHERE i.inhrelid = c.oid), '') AS parent
            FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_am m ON m.oid = c.relam WHERE %s""".formatted(COLUMNS_OF.formatted("x.indkey::int2[]", "x.indrelid"), USER_SCHEMAS);

    private static final String VIEWS = """
            SELECT 'view ' || n.nspname || '.' || c.relname,
              coalesce((SELECT string_agg(DISTINCT pg_temp.relation(d.refobjid), ',') FROM pg_rewrite w
                JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
                  AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> c.oid
                WHERE w.ev_class = c.oid), '') AS reads,
              coalesce((SELECT string_agg(DISTINCT pg_temp.relation(a.attrelid) || '.' || a.attname, ',') FROM pg_rewrite w
                JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
                  AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> c.oid AND d.refobjsubid > 0
                JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                WHERE w.ev_class = c.oid), '') AS columns
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND %s""".formatted(USER_SCHEMAS);

    private static final String SEQUENCES = """
            SELECT 'sequence ' || n.nspname || '.' || c.relname,
              coalesce((SELECT pg_temp.relation(d.refobjid) || '.' || a.attname || ' ' || d.deptype::text FROM pg_depend d
                JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')), '') AS owner
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'S' AND %s""".formatted(USER_SCHEMAS);

    private static final String TYPES = """
            SELECT 'type ' || n.nspname || '.' || t.typname, t.typtype AS kind,
              CASE t.typtype
                WHEN 'e' THEN (SELECT coalesce(string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder), '') FROM pg_enum e
                  WHERE e.enumtypid = t.oid)
                WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
                  || CASE WHEN t.typdefault IS NOT NULL THEN ' DEFAULT' ELSE '' END
                WHEN 'c' THEN (SELECT coalesce(string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ','
                  ORDER BY a.attnum), '') FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)
                WHEN 'r' THEN (SELECT format_type(r.rngsubtype, NULL) FROM pg_range r WHERE r.rngtypid = t.oid)
                ELSE '' END AS shape,
              coalesce((SELECT string_agg(k.conname || CASE WHEN k.convalidated THEN '' ELSE ' NOT VALID' END, ','
                ORDER BY k.conname COLLATE "C") FROM pg_constraint k WHERE k.contypid = t.oid), '') AS constraints
            FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
            WHERE t.typtype IN ('e', 'd', 'c', 'r')
              AND (t.typtype <> 'c' OR EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c')) AND %s""".formatted(USER_SCHEMAS);

    private static final String ROUTINES = """
            SELECT 'routine ' || n.nspname || '.' || p.proname || '(' ||
              (SELECT coalesce(string_agg(format_type(a.type, NULL), ',' ORDER BY a.place), '')
               FROM unnest(p.proargtypes) WITH ORDINALITY AS a (type, place)) || ')',
              p.prokind AS kind, p.provolatile AS volatility, l.lanname AS language
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
            WHERE p.prokind IN ('f', 'p') AND %s
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                AND d.deptype = 'i')""".formatted(USER_SCHEMAS);

    private static final String TRIGGERS = """
            SELECT 'trigger ' || n.nspname || '.' || c.relname || '.' || t.tgname,
              (SELECT fn.nspname || '.' || f.proname FROM pg_proc f
                JOIN pg_namespace fn ON fn.oid = f.pronamespace WHERE f.oid = t.tgfoid) AS function, t.tgenabled <> 'D' AS enabled, t.tgtype::text AS type,
              t.tgparentid <> 0 AS inherited
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE (NOT t.tgisinternal OR t.tgparentid <> 0 AND t.tgconstraint = 0) AND %s""".formatted(USER_SCHEMAS);

    private static final String POLICIES = """
            SELECT 'policy ' || n.nspname || '.' || c.relname || '.' || p.polname,
              p.polcmd AS command, p.polpermissive AS permissive, p.polqual IS NOT NULL AS using,
              p.polwithcheck IS NOT NULL AS check
            FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE %s""".formatted(USER_SCHEMAS);

    private static final String RULES = """
            SELECT 'rule ' || n.nspname || '.' || c.relname || '.' || w.rulename
            FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE w.rulename <> '_RETURN' AND %s""".formatted(USER_SCHEMAS);

    private ServerSnapshot() {}

    static SchemaSnapshot of(Connection connection, int major) throws SQLException {
        SchemaSnapshot snapshot = SchemaSnapshot.empty();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = ''");
            statement.execute(RELATION_NAME);
            read(statement, TABLES, snapshot);
            read(statement, COLUMNS, snapshot);
            read(statement, CONSTRAINTS.formatted(major < 18 ? "true" : "k.conenforced"), snapshot);
            read(statement, INDEXES, snapshot);
            read(statement, VIEWS, snapshot);
            read(statement, SEQUENCES, snapshot);
            read(statement, TYPES, snapshot);
            read(statement, ROUTINES, snapshot);
            read(statement, TRIGGERS, snapshot);
            read(statement, POLICIES, snapshot);
            read(statement, RULES, snapshot);
            statement.execute("DROP FUNCTION pg_temp.relation(oid)");
            statement.execute("RESET search_path");
        }
        return snapshot;
    }

    private static void read(Statement statement, String query, SchemaSnapshot snapshot) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            ResultSetMetaData names = rows.getMetaData();
            while (rows.next()) {
                Map<String, String> facts = new LinkedHashMap<>();
                for (int i = 2; i <= names.getColumnCount(); i++) {
                    facts.put(names.getColumnLabel(i), rows.getString(i));
                }
                snapshot.put(rows.getString(1), facts);
            }
        }
    }
}
