package dev.lockstep.pgquery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Inputs of every kind: statements of the language, broken ones, odd text. */
final class Corpus {
    private Corpus() {}

    static List<byte[]> all() {
        var inputs = new ArrayList<byte[]>();
        Pattern.compile("^----\\R", Pattern.MULTILINE)
                .splitAsStream(STATEMENTS)
                .map(Engines::utf8)
                .forEach(inputs::add);
        for (var odd : odd()) {
            inputs.add(Engines.utf8(odd));
        }
        inputs.addAll(brokenUtf8());
        inputs.addAll(fixtures());
        return inputs;
    }

    private static List<String> odd() {
        return List.of(
                "",
                " ",
                "\n\t\r\n",
                ";",
                ";;;",
                "-- a comment only",
                "/* a comment only */",
                "/* nested /* comments */ */ -- and more",
                "\uFEFFSELECT 1",
                "SELECT 'Grüße, 世界 🐘' AS \"Straße 🚀\" -- ünïcödé",
                "SELECT U&'d\\0061t\\+000061', U&\"\\0441\"",
                "SELECT U&'\\XXXX'",
                "SELECT E'tab\\t nul? \\x41 \\u00e9 \\U0001F418'",
                "SELECT E'\\u0000'",
                "SELECT E'\\ud83d'",
                "SELECT 'control \u0001\b\f\u001f' /* \u0002 */ -- \u000b",
                "SELECT 'back\\slash', \"quo\"\"te\", 'it''s', $tag$dollar $$ \"quoted\" $tag$",
                "SELECT 'a'\n  'b'",
                "SELECT 'line 1\r\nline 2\rline 3'",
                "SELECT 'unterminated",
                "SELECT \"unterminated",
                "SELECT $$unterminated",
                "/* unterminated",
                "SELECT é😀 FROM 'unterminated",
                "SELECT é😀é FROM WHERE",
                "SELECT \"\"",
                "SELECT 1a, 0x1F, 0b101, 0o17, 1_000, 1e10, .5, 5., 99999999999999999999",
                "SELECT 1_, 0xg",
                "SELECT $1, $2::int, ?",
                "SELECT :name",
                "SELECT a\0b",
                "\0",
                "syntax error",
                "ERROR",
                "SELECT 'syntax error at or near'",
                "SELECT " + "x".repeat(70),
                "SELECT '" + "\"\\\n".repeat(5_000) + "', 1, 2, 3",
                "-- " + "long ".repeat(2_000) + "\nSELECT 1",
                "SELECT " + "(".repeat(3_000) + "1" + ")".repeat(3_000),
                "SELECT " + "(".repeat(20_000),
                "SELECT 1" + " + 1".repeat(500),
                "SELECT 1;\n".repeat(200),
                "INSERT INTO t VALUES (1, 'x')" + ", (2, 'y')".repeat(300));
    }

    private static List<byte[]> brokenUtf8() {
        return List.of(
                new byte[] {'S', 'E', 'L', 'E', 'C', 'T', ' ', '\'', (byte) 0xe4, (byte) 0xb8, '\''},
                new byte[] {'S', 'E', 'L', 'E', 'C', 'T', ' ', (byte) 0xff, (byte) 0xfe},
                new byte[] {'S', 'E', 'L', 'E', 'C', 'T', ' ', '*', ' ', '*', (byte) 0xf0});
    }

    private static List<byte[]> fixtures() {
        var directory = Path.of("..", "test-fixtures");
        try (var files = Files.walk(directory)) {
            var contents = new ArrayList<byte[]>();
            for (var file : files.filter(Corpus::isSqlSource).sorted().toList()) {
                contents.add(Files.readAllBytes(file));
            }
            return contents;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isSqlSource(Path file) {
        return file.toString().endsWith(".sql") && !file.toString().contains("target");
    }

    private static final String STATEMENTS = """
            CREATE TABLE orders (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
              token uuid DEFAULT gen_random_uuid() UNIQUE NULLS NOT DISTINCT,
              total numeric(12, 2) CHECK (total >= 0) NOT VALID,
              net numeric GENERATED ALWAYS AS (total * 0.8) STORED,
              gross numeric GENERATED ALWAYS AS (total * 1.2) VIRTUAL,
              placed timestamptz(3) DEFAULT now() COLLATE "C",
              tags text[] DEFAULT '{}'::text[],
              EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (active),
              CONSTRAINT "named" FOREIGN KEY (a, b) REFERENCES other MATCH FULL ON UPDATE SET NULL
            ) PARTITION BY RANGE (placed) WITH (fillfactor = 70) TABLESPACE fast;
            ----
            CREATE TABLE IF NOT EXISTS p1 PARTITION OF orders FOR VALUES FROM ('2026-01-01') TO (MAXVALUE);
            CREATE TABLE p2 PARTITION OF orders DEFAULT;
            CREATE TABLE p3 PARTITION OF orders FOR VALUES IN (1, NULL);
            CREATE TABLE p4 PARTITION OF orders FOR VALUES WITH (MODULUS 4, REMAINDER 0);
            CREATE TEMP TABLE t (LIKE orders INCLUDING ALL EXCLUDING INDEXES) INHERITS (base) ON COMMIT DROP;
            CREATE UNLOGGED TABLE u OF composite;
            CREATE TABLE c AS SELECT 1 AS one WITH NO DATA;
            ----
            ALTER TABLE ONLY orders
              ADD COLUMN IF NOT EXISTS note text,
              DROP COLUMN IF EXISTS old CASCADE,
              ALTER COLUMN total TYPE bigint USING total::bigint,
              ALTER total SET DEFAULT 0, ALTER total DROP DEFAULT, ALTER total SET NOT NULL, ALTER total DROP NOT NULL,
              ALTER net DROP EXPRESSION, ALTER id SET GENERATED BY DEFAULT, ALTER id RESTART WITH 7,
              ALTER note SET STORAGE EXTERNAL, ALTER note SET STATISTICS 100, ALTER note SET COMPRESSION lz4,
              ADD CONSTRAINT c CHECK (total > 0) NOT VALID, VALIDATE CONSTRAINT c,
              ADD CONSTRAINT pk PRIMARY KEY USING INDEX orders_pk,
              ALTER CONSTRAINT fk NOT ENFORCED, DROP CONSTRAINT c RESTRICT,
              ENABLE ROW LEVEL SECURITY, DISABLE TRIGGER ALL, CLUSTER ON i, SET WITHOUT CLUSTER,
              SET TABLESPACE slow, SET (autovacuum_enabled = off), RESET (fillfactor), REPLICA IDENTITY FULL,
              OWNER TO CURRENT_USER, SET LOGGED, INHERIT base, NO INHERIT base;
            ----
            ALTER TABLE orders ATTACH PARTITION p FOR VALUES FROM (1) TO (2);
            ALTER TABLE orders DETACH PARTITION p CONCURRENTLY;
            ALTER TABLE orders RENAME TO "Orders 2"; ALTER TABLE orders RENAME COLUMN a TO b;
            ALTER TABLE orders RENAME CONSTRAINT a TO b; ALTER TABLE orders SET SCHEMA archive;
            ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b NOWAIT;
            ----
            CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY orders
              USING btree (lower(note) COLLATE "de_DE" text_pattern_ops DESC NULLS LAST, (a + b)) INCLUDE (c)
              NULLS NOT DISTINCT WITH (fillfactor = 80) TABLESPACE fast WHERE NOT deleted;
            DROP INDEX CONCURRENTLY IF EXISTS i, j; REINDEX (VERBOSE) TABLE CONCURRENTLY orders; ALTER INDEX i ATTACH PARTITION j;
            ----
            CREATE VIEW v (a) WITH (security_barrier) AS SELECT 1 WITH LOCAL CHECK OPTION;
            CREATE OR REPLACE RECURSIVE VIEW r (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 100;
            CREATE MATERIALIZED VIEW m AS SELECT * FROM orders WITH NO DATA;
            REFRESH MATERIALIZED VIEW CONCURRENTLY m; DROP VIEW v; DROP MATERIALIZED VIEW IF EXISTS m;
            ----
            CREATE SEQUENCE s AS smallint INCREMENT BY -1 MINVALUE -5 NO MAXVALUE START 3 CACHE 10 CYCLE OWNED BY orders.id;
            ALTER SEQUENCE s RESTART; DROP SEQUENCE s;
            CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy 😀'); ALTER TYPE mood ADD VALUE IF NOT EXISTS 'new' BEFORE 'ok';
            ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'; CREATE TYPE pair AS (a int, b text);
            CREATE TYPE ranged AS RANGE (subtype = float8); ALTER TYPE pair ADD ATTRIBUTE c int CASCADE;
            CREATE DOMAIN email AS citext CHECK (value ~ '@') NOT NULL; ALTER DOMAIN email VALIDATE CONSTRAINT c;
            ----
            CREATE OR REPLACE FUNCTION add(a int, b int DEFAULT 1, OUT sum int, VARIADIC rest int[]) RETURNS int
              LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER COST 5 SET search_path = pg_catalog
              AS $$ SELECT a + b $$;
            CREATE FUNCTION f() RETURNS int RETURN 1;
            CREATE FUNCTION g(x int) RETURNS TABLE (y int) BEGIN ATOMIC SELECT x; SELECT x + 1; END;
            CREATE PROCEDURE p(INOUT n int) LANGUAGE plpgsql AS 'BEGIN COMMIT; END'; CALL p(1);
            CREATE AGGREGATE total(int) (sfunc = add, stype = int, initcond = '0'); DROP FUNCTION add(int, int), f;
            ----
            CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $body$
            DECLARE
              n integer := 0;
              r record;
              c CURSOR (k int) FOR SELECT * FROM t WHERE id = k;
            BEGIN
              IF TG_OP = 'DELETE' THEN RETURN OLD; ELSIF n > 1 THEN n := n + 1; ELSE NULL; END IF;
              FOR r IN SELECT * FROM t LOOP
                UPDATE t SET a = r.a WHERE id = r.id;
                EXIT WHEN n > 10;
                CONTINUE;
              END LOOP;
              FOREACH n IN ARRAY ARRAY[1, 2] LOOP RAISE NOTICE 'n is % 🐘', n; END LOOP;
              EXECUTE format('DROP TABLE %I', 'x') INTO n USING 1;
              OPEN c(1); FETCH c INTO r; CLOSE c;
              CASE n WHEN 1 THEN PERFORM 1; ELSE GET DIAGNOSTICS n = ROW_COUNT; END CASE;
              RETURN NEW;
            EXCEPTION
              WHEN unique_violation OR division_by_zero THEN RAISE;
              WHEN OTHERS THEN RETURN NULL;
            END
            $body$;
            ----
            DO $$ BEGIN PERFORM pg_sleep(1); ALTER TABLE a ADD b int; END $$;
            ----
            DO $$ BEGIN x := ; END $$;
            ----
            CREATE FUNCTION broken() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN unknown.variable END $$;
            ----
            CREATE FUNCTION broken() RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF true THEN END $$;
            ----
            CREATE TRIGGER t BEFORE INSERT OR UPDATE OF a, b ON orders REFERENCING NEW TABLE AS n FOR EACH ROW
              WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION audit('x');
            CREATE CONSTRAINT TRIGGER t AFTER DELETE ON orders DEFERRABLE FOR EACH ROW EXECUTE FUNCTION audit();
            CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f(); ALTER TRIGGER t ON orders RENAME TO u;
            CREATE RULE r AS ON INSERT TO v DO INSTEAD (INSERT INTO t VALUES (NEW.a); NOTIFY c, 'x');
            CREATE POLICY p ON orders AS RESTRICTIVE FOR SELECT TO PUBLIC USING (owner = current_user) WITH CHECK (true);
            ----
            CREATE SCHEMA s AUTHORIZATION joe CREATE TABLE x (a int); CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA s CASCADE;
            CREATE ROLE r LOGIN PASSWORD 'x' VALID UNTIL '2030-01-01'; GRANT SELECT (a), UPDATE ON orders TO r WITH GRANT OPTION;
            REVOKE ALL ON ALL TABLES IN SCHEMA s FROM PUBLIC CASCADE; ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO r;
            CREATE PUBLICATION p FOR TABLE orders (a, b) WHERE (a > 1), TABLES IN SCHEMA s WITH (publish = 'insert');
            CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p; CREATE STATISTICS st (ndistinct) ON a, b FROM orders;
            CREATE FOREIGN TABLE f (a int OPTIONS (x 'y')) SERVER srv; CREATE CAST (a AS b) WITHOUT FUNCTION AS IMPLICIT;
            CREATE OPERATOR === (leftarg = int, rightarg = int, function = f); CREATE COLLATION c (locale = 'de');
            COMMENT ON COLUMN orders.note IS 'Bemerkung 🐘'; SECURITY LABEL ON TABLE t IS 'x'; DROP OWNED BY r;
            ----
            BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY; SAVEPOINT a; ROLLBACK TO a; RELEASE a; COMMIT AND CHAIN;
            PREPARE TRANSACTION 'x'; COMMIT PREPARED 'x'; ROLLBACK; SET LOCAL lock_timeout = '2s'; RESET ALL; SHOW ALL;
            SET CONSTRAINTS ALL DEFERRED; LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE NOWAIT; DISCARD ALL;
            VACUUM (FULL, ANALYZE) orders (a); ANALYZE; CLUSTER orders USING i; CHECKPOINT; TRUNCATE a, b RESTART IDENTITY CASCADE;
            COPY t (a) FROM STDIN WITH (FORMAT csv, HEADER); COPY (SELECT 1) TO '/tmp/x'; LISTEN c; NOTIFY c; UNLISTEN *;
            EXPLAIN (ANALYZE, FORMAT json) SELECT 1; PREPARE q (int) AS SELECT $1; EXECUTE q(1); DEALLOCATE q; LOAD 'x';
            ----
            WITH RECURSIVE t(n) AS MATERIALIZED (VALUES (1) UNION SELECT n + 1 FROM t) SEARCH DEPTH FIRST BY n SET o
              CYCLE n SET c USING p
            SELECT DISTINCT ON (a) a.*, count(*) FILTER (WHERE x) OVER w, sum(x) OVER (PARTITION BY y ORDER BY z ROWS BETWEEN 1
              PRECEDING AND CURRENT ROW EXCLUDE TIES), array_agg(x ORDER BY y DESC), percentile_cont(0.5) WITHIN GROUP (ORDER BY x),
              CASE a WHEN 1 THEN 'x' ELSE 'y' END, COALESCE(a, b), NULLIF(a, b), GREATEST(1, 2), a[1:2], (r).f, ROW(1, 2),
              EXTRACT(epoch FROM now()), CAST(a AS int), a::text COLLATE "C", x IS NOT DISTINCT FROM y, a BETWEEN SYMMETRIC 1 AND 2,
              a IN (1, 2), a = ANY (ARRAY[1, 2]), EXISTS (SELECT 1), NOT a AND b OR c, -a, a ~~* 'x', a LIKE 'b' ESCAPE 'c',
              interval '1 day', timestamp '2026-01-01' AT TIME ZONE 'UTC', B'101', X'1F', true, NULL, TRIM(BOTH 'x' FROM y)
            FROM a LEFT JOIN LATERAL (SELECT 1) b USING (id) AS j, ROWS FROM (f(1), g(2)) WITH ORDINALITY AS r (x, y),
              t TABLESAMPLE bernoulli (10) REPEATABLE (1), XMLTABLE('/a' PASSING x COLUMNS y int PATH 'b'),
              JSON_TABLE(j, '$.a[*]' COLUMNS (id FOR ORDINALITY, b int PATH '$.b' DEFAULT 0 ON EMPTY))
            WHERE a = $1 GROUP BY GROUPING SETS ((a), ROLLUP (b, c), ()) HAVING count(*) > 1
            WINDOW w AS (PARTITION BY a) ORDER BY 1 DESC NULLS FIRST, b USING > LIMIT ALL OFFSET 3 FOR NO KEY UPDATE OF a SKIP LOCKED;
            ----
            SELECT JSON_OBJECT('a': 1 ABSENT ON NULL), JSON_ARRAY(1, 2), JSON_VALUE(j, '$.a' RETURNING int ERROR ON ERROR), j IS JSON;
            (SELECT 1 UNION ALL SELECT 2) INTERSECT SELECT 3 EXCEPT VALUES (4) FETCH FIRST 5 ROWS WITH TIES; TABLE t;
            ----
            INSERT INTO t AS x (a, b) OVERRIDING SYSTEM VALUE VALUES (1, DEFAULT), (2, 'y')
              ON CONFLICT (a) WHERE b DO UPDATE SET b = EXCLUDED.b, (c, d) = (1, 2) WHERE x.a > 1
              RETURNING WITH (OLD AS o, NEW AS n) o.a, n.*;
            UPDATE ONLY t SET a = 1, b = DEFAULT, c[1] = 2, (d, e) = (SELECT 1, 2) FROM u WHERE t.id = u.id RETURNING *;
            DELETE FROM t USING u WHERE CURRENT OF c; INSERT INTO t DEFAULT VALUES;
            MERGE INTO t USING s ON t.id = s.id WHEN MATCHED AND s.x THEN UPDATE SET a = 1
              WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN NOT MATCHED THEN INSERT (a) VALUES (1) RETURNING merge_action();
            ----
            UPDATE t SET a = 1 LIMIT 10;
            ----
            SELECT FROM;
            ----
            CREATE TABLE t (a int,);
            ----
            ALTER TABLE t ADD COLUMN 日本 text DEFAULT '語' oops;
            ----
            CREATE TABLE t (id INT AUTO_INCREMENT) ENGINE=InnoDB;
            ----
            SELECT 1; SELECT 2 oops oops; SELECT 3;
            ----
            ALTER TABLE t ADD b int DEFAULT (SELECT 1)) ;
            """;
}
