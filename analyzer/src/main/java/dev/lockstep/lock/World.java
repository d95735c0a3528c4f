package dev.lockstep.lock;

import dev.lockstep.catalog.Moment;
import java.util.Optional;

/** A small schema with rows in it, in which samples are run. */
enum World {
    /** Tables with foreign keys between them, and one that stands alone. */
    SHOP("""
            CREATE TABLE customers (id bigint PRIMARY KEY, email text, name varchar(50));
            CREATE TABLE orders (
                id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, note text,
                total int NOT NULL DEFAULT 0, paid_at timestamp);
            CREATE INDEX orders_note ON orders (note);
            CREATE TABLE lines (id bigint PRIMARY KEY, order_id bigint REFERENCES orders ON DELETE CASCADE, sku text);
            CREATE INDEX lines_sku ON lines (sku);
            CREATE TABLE alone (a int, b text);
            INSERT INTO customers VALUES (1, 'a', 'n'), (2, 'b', 'm');
            INSERT INTO orders VALUES (1, 1, 'x', 5, '2026-01-01'), (2, 2, 'y', 6, '2026-01-01');
            INSERT INTO lines VALUES (1, 1, 's'), (2, 2, 't');
            INSERT INTO alone VALUES (1, 'b');
            """),
    /** A table without a row: what depends on rows succeeds there. */
    EMPTY("CREATE TABLE fresh (a int);"),
    /** A table whose constraints prove things, valid or not. */
    PROOF("""
            CREATE TABLE t (id bigint, a int, b int, c text, d int NOT NULL);
            INSERT INTO t VALUES (1, 1, 1, 'x', 1);
            ALTER TABLE t ADD CONSTRAINT a_nn CHECK (a IS NOT NULL);
            ALTER TABLE t ADD CONSTRAINT b_nn CHECK (b IS NOT NULL) NOT VALID;
            ALTER TABLE t ADD CONSTRAINT c_nn CHECK (c IS NOT NULL AND length(c) > 0);
            ALTER TABLE t ADD CONSTRAINT d_pos CHECK (d > 0) NOT VALID;
            CREATE UNIQUE INDEX t_id ON t (id);
            CREATE UNIQUE INDEX t_a ON t (a);
            CREATE UNIQUE INDEX t_d ON t (d);
            """),
    /** A foreign key not yet valid, and a referenced table with several indexes. */
    KEYS("""
            CREATE TABLE p (id int PRIMARY KEY, code int UNIQUE, other int);
            CREATE INDEX p_other ON p (other);
            CREATE TABLE c (id int PRIMARY KEY, p int, code int);
            CREATE INDEX c_p ON c (p);
            INSERT INTO p VALUES (1, 1, 1), (2, 2, 2);
            INSERT INTO c VALUES (1, 1, 1);
            CREATE TABLE u (id int, p int REFERENCES p);
            ALTER TABLE c ADD CONSTRAINT nv FOREIGN KEY (p) REFERENCES p NOT VALID;
            ANALYZE p;
            """),
    /** A table that refuses rows for every reason. */
    STRICT("""
            CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL, c int CHECK (c > 0));
            INSERT INTO t VALUES (1, 1, 1), (2, 2, 2);
            """),
    /** Rows that foreign keys of every kind refer to. */
    CASCADES("""
            CREATE TABLE p (id int PRIMARY KEY);
            CREATE TABLE plain (id int PRIMARY KEY, p int REFERENCES p);
            CREATE TABLE follows (id int PRIMARY KEY, p int REFERENCES p ON DELETE CASCADE ON UPDATE CASCADE);
            INSERT INTO p VALUES (1), (3), (9);
            INSERT INTO plain VALUES (1, 1);
            INSERT INTO follows VALUES (3, 3);
            """),
    /** Rows that break whatever is asked of them. */
    BROKEN("""
            CREATE TABLE p (id int PRIMARY KEY);
            CREATE TABLE c (id int, p int, n int);
            INSERT INTO p VALUES (1);
            INSERT INTO c VALUES (1, 5, NULL), (1, 5, NULL);
            ALTER TABLE c ADD CONSTRAINT p_small CHECK (p < 5) NOT VALID;
            ALTER TABLE c ADD CONSTRAINT p_known FOREIGN KEY (p) REFERENCES p NOT VALID;
            CREATE TABLE gone (id int);
            CREATE INDEX gone_id ON gone (id);
            DROP TABLE gone;
            CREATE SCHEMA away;
            DROP SCHEMA away;
            CREATE TYPE lost AS ENUM ('a');
            DROP TYPE lost;
            """),
    /** A column of every type that can change without a rewrite, and many that can't. */
    TYPES("""
            CREATE DOMAIN plain AS text;
            CREATE DOMAIN checked AS text CHECK (VALUE <> 'bad');
            CREATE DOMAIN word AS varchar(20);
            CREATE TYPE mood AS ENUM ('ok', 'bad');
            CREATE TABLE t (
                id int PRIMARY KEY, small smallint, big bigint, v varchar(10), tx text, ch char(5), n numeric(10,2),
                nu numeric, ts timestamp, tz timestamptz, ts3 timestamp(3), ci cidr, ip inet, vb varbit(5), bi bit(5),
                iv interval, iv3 interval(3), x xml, j json, jb jsonb, re real, dp double precision, m mood, u uuid,
                dt date, dom plain, cdom checked, arr int[], va varchar(5)[], tz3 timestamptz(3), tim time,
                tim3 time(3), nm name, o oid, bo boolean, bx box);
            INSERT INTO t (id) VALUES (1), (2);
            """),
    /** Under a time zone other than UTC. */
    OSLO("""
            CREATE TABLE t (ts timestamp, tz timestamptz, ts3 timestamp(3), other timestamp);
            CREATE INDEX t_ts ON t (ts);
            INSERT INTO t VALUES ('2026-01-01', '2026-01-01');
            """, "Europe/Oslo"),
    /** Indexes of every kind, on columns whose types change. */
    INDEXED("""
            CREATE TABLE t (
                id int PRIMARY KEY, v varchar(10), w varchar(10), k int, o int, ts timestamp, tx text, nm numeric(5,2));
            CREATE INDEX t_v ON t (v);
            CREATE INDEX t_vw ON t (v, w);
            CREATE INDEX t_lower_v ON t (lower(v));
            CREATE INDEX t_part ON t (k) WHERE v IS NOT NULL;
            CREATE INDEX t_k ON t (k);
            CREATE UNIQUE INDEX t_o ON t (o);
            CREATE INDEX t_ts ON t (ts);
            CREATE INDEX t_tx ON t (tx);
            CREATE INDEX t_incl ON t (k) INCLUDE (w);
            CREATE INDEX t_nm ON t (nm);
            CREATE INDEX t_brin ON t USING brin (o);
            ALTER TABLE t ADD CONSTRAINT v_ck CHECK (v <> 'bad');
            ALTER TABLE t ADD CONSTRAINT k_ck CHECK (k > 0) NOT VALID;
            ALTER TABLE t ADD CONSTRAINT w_u UNIQUE (w);
            INSERT INTO t VALUES (1, 'a', 'b', 1, 1, '2026-01-01', 't', 1);
            """),
    /** CHECKs, and no index over expressions. */
    CHECKED("""
            CREATE TABLE t (a varchar(10), b int, c int, d varchar(10), e varchar(10));
            INSERT INTO t VALUES ('a', 1, 1, 'd', 'e');
            ALTER TABLE t ADD CHECK (a <> 'bad');
            ALTER TABLE t ADD CHECK (d <> 'bad') NOT VALID;
            CREATE INDEX t_b ON t (b);
            CREATE STATISTICS st ON b, c FROM t;
            """),
    /** Foreign keys whose columns change their types. */
    LINKED("""
            CREATE TABLE p (id int PRIMARY KEY, code varchar(10) UNIQUE);
            CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p, code varchar(10) REFERENCES p (code));
            INSERT INTO p VALUES (1, 'a');
            INSERT INTO c VALUES (1, 1, 'a');
            """),
    /** A table partitioned by range, with indexes and a foreign key, and tables that could become partitions. */
    EVENTS("""
            CREATE TABLE kinds (id int PRIMARY KEY);
            CREATE TABLE events (id bigint, at date, kind int REFERENCES kinds, PRIMARY KEY (id, at))
                PARTITION BY RANGE (at);
            CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
            CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
            CREATE INDEX events_kind ON events (kind);
            CREATE TABLE loose (id bigint NOT NULL, at date NOT NULL, kind int);
            INSERT INTO kinds VALUES (1);
            INSERT INTO events VALUES (1, '2026-01-05', 1), (2, '2026-02-05', 1);
            INSERT INTO loose VALUES (1, '2026-03-05', 1);
            """),
    /** A partitioned table with one partition and one index, for statements that commit inside themselves. */
    ONE_PARTITION("""
            CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
            CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
            CREATE INDEX events_id ON events (id);
            INSERT INTO events VALUES (1, '2026-01-05');
            """),
    /** A partitioned table and a parent whose columns draw from sequences. */
    NUMBERED("""
            CREATE TABLE events (id serial, at date NOT NULL, n int GENERATED ALWAYS AS IDENTITY) PARTITION BY RANGE (at);
            CREATE TABLE parent (id serial, n int GENERATED ALWAYS AS IDENTITY);
            CREATE TABLE parts (id int NOT NULL, k int GENERATED ALWAYS AS IDENTITY) PARTITION BY RANGE (id);
            CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
            CREATE TABLE counted (id int NOT NULL, k int GENERATED ALWAYS AS IDENTITY);
            CREATE TABLE drawn (id int, n serial) PARTITION BY RANGE (id);
            CREATE TABLE drawn_1 PARTITION OF drawn FOR VALUES FROM (0) TO (10);
            CREATE TABLE owner (id int, n int);
            CREATE SEQUENCE lent OWNED BY owner.n;
            CREATE TABLE draws (n int DEFAULT nextval('lent'));
            INSERT INTO parent DEFAULT VALUES;
            """),
    /** A partitioned table without indexes. */
    BARE("""
            CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
            CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
            CREATE TABLE loose (id bigint, at date NOT NULL);
            CREATE TABLE proven (id bigint, at date NOT NULL, CHECK (at >= '2026-04-01' AND at < '2026-05-01'));
            CREATE TABLE wide (id bigint, at date NOT NULL, CHECK (at >= '2026-04-01'));
            INSERT INTO events VALUES (1, '2026-01-05');
            INSERT INTO loose VALUES (1, '2026-03-05');
            INSERT INTO proven VALUES (1, '2026-04-05');
            """),
    /** A partitioned table with a foreign key and no index. */
    REFS("""
            CREATE TABLE kinds (id int PRIMARY KEY);
            CREATE TABLE events (at date NOT NULL, kind int REFERENCES kinds) PARTITION BY RANGE (at);
            CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
            CREATE TABLE proven (at date NOT NULL, kind int, CHECK (at >= '2026-04-01' AND at < '2026-05-01'));
            CREATE TABLE ready (
                at date NOT NULL, kind int REFERENCES kinds, CHECK (at >= '2026-04-01' AND at < '2026-05-01'));
            INSERT INTO kinds VALUES (1);
            INSERT INTO events VALUES ('2026-01-05', 1);
            INSERT INTO proven VALUES ('2026-04-05', 1);
            INSERT INTO ready VALUES ('2026-04-05', 1);
            """),
    /** A partition whose DETACH CONCURRENTLY was interrupted. */
    PENDING("""
            CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
            CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
            UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid = 'events_1'::regclass;
            """),
    /** A generated column, handed down. */
    GENERATED("""
            CREATE TABLE parent (id int PRIMARY KEY, g int GENERATED ALWAYS AS (5) STORED);
            CREATE TABLE child () INHERITS (parent);
            INSERT INTO parent VALUES (1);
            INSERT INTO child VALUES (2);
            """),
    /** A partitioned table with a default partition. */
    DEFAULTED("""
            CREATE TABLE events (id bigint, at date, kind int) PARTITION BY RANGE (at);
            CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
            CREATE TABLE events_d PARTITION OF events DEFAULT;
            CREATE INDEX events_kind ON events (kind);
            CREATE TABLE loose (id bigint, at date, kind int);
            INSERT INTO events VALUES (1, '2026-01-05', 1), (2, '2027-02-05', 1);
            """),
    /** A default partition that a CHECK keeps some rows out of. */
    RESERVED("""
            CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);
            CREATE TABLE events_d PARTITION OF events DEFAULT;
            CREATE UNIQUE INDEX events_key ON events (id, at);
            INSERT INTO events VALUES (1, '2026-01-05');
            ALTER TABLE events_d ADD CHECK (at < '2027-01-01' OR at >= '2028-01-01');
            CREATE TABLE loose (id bigint, at date);
            """),
    /** A table partitioned by list, and tables whose constraints prove more or less. */
    CITIES("""
            CREATE TABLE cities (id bigint, country text) PARTITION BY LIST (country);
            CREATE TABLE cities_no PARTITION OF cities FOR VALUES IN ('no');
            CREATE TABLE loose (id bigint, country text);
            CREATE TABLE proven (id bigint, country text, CHECK (country IS NOT NULL AND country IN ('se', 'dk')));
            CREATE TABLE exact (id bigint, country text, CHECK (country IS NOT NULL AND country = 'se'));
            CREATE TABLE nonnull (id bigint, country text NOT NULL, CHECK (country IN ('se', 'dk')));
            CREATE TABLE nullable (id bigint, country text, CHECK (country IN ('se', 'dk')));
            CREATE TABLE unvalid (id bigint, country text NOT NULL);
            ALTER TABLE unvalid ADD CHECK (country IN ('se', 'dk')) NOT VALID;
            INSERT INTO cities VALUES (1, 'no');
            """),
    /** Partitions of partitions. */
    NESTED("""
            CREATE TABLE e (id int, at date, r text) PARTITION BY RANGE (at);
            CREATE TABLE e1 PARTITION OF e FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (r);
            CREATE TABLE e1a PARTITION OF e1 FOR VALUES IN ('a');
            CREATE TABLE e1d PARTITION OF e1 DEFAULT;
            CREATE INDEX e_id ON e (id);
            ALTER TABLE e ADD CONSTRAINT r_there CHECK (r IS NOT NULL);
            INSERT INTO e VALUES (1, '2026-01-01', 'a'), (2, '2026-01-01', 'z');
            """),
    /** A table and its child by inheritance. */
    INHERITED("""
            CREATE TABLE parent (id int PRIMARY KEY, a text);
            CREATE TABLE child (b int) INHERITS (parent);
            CREATE INDEX child_a ON child (a);
            ALTER TABLE parent ADD CONSTRAINT small CHECK (id < 100);
            ALTER TABLE parent ADD CONSTRAINT later CHECK (id < 1000) NOT VALID;
            INSERT INTO parent VALUES (1, 'a');
            INSERT INTO child VALUES (2, 'b', 3);
            CREATE TABLE other (id int NOT NULL, a text, b int, CONSTRAINT small CHECK (id < 100), CONSTRAINT later CHECK (id < 1000));
            """),
    /** Views on views, and materialized views. */
    VIEWS("""
            CREATE TABLE t (id int PRIMARY KEY, a varchar(10), b int);
            INSERT INTO t VALUES (1, 'a', 1);
            CREATE VIEW v AS SELECT id, a FROM t;
            CREATE VIEW vv AS SELECT id FROM v;
            CREATE MATERIALIZED VIEW m AS SELECT id, b FROM t;
            CREATE UNIQUE INDEX m_id ON m (id);
            CREATE MATERIALIZED VIEW unkeyed AS SELECT 1 AS one;
            CREATE MATERIALIZED VIEW empty AS SELECT id, b FROM t WITH NO DATA;
            CREATE UNIQUE INDEX empty_id ON empty (id);
            CREATE MATERIALIZED VIEW hollow AS SELECT 1 AS one WITH NO DATA;
            INSERT INTO t VALUES (2, 'b', 2);
            """),
    /** Domains, over domains too, and the tables that use them. */
    DOMAINS("""
            CREATE DOMAIN d AS int;
            CREATE DOMAIN inner_d AS int CHECK (VALUE > 0);
            CREATE DOMAIN outer_d AS inner_d;
            CREATE DOMAIN required AS int NOT NULL;
            CREATE DOMAIN filled AS int DEFAULT 5;
            CREATE DOMAIN unused AS int;
            CREATE TABLE t1 (a d, b int);
            CREATE TABLE t2 (a d, c outer_d);
            CREATE TABLE t3 (a int);
            CREATE INDEX t1_a ON t1 (a);
            INSERT INTO t1 VALUES (1, 1);
            INSERT INTO t2 VALUES (1, 1);
            INSERT INTO t3 VALUES (1);
            ALTER DOMAIN d ADD CONSTRAINT nv CHECK (VALUE < 100) NOT VALID;
            CREATE DOMAIN late AS int;
            CREATE TABLE t4 (a late);
            CREATE DOMAIN used AS int;
            CREATE TABLE p5 (a used UNIQUE, b int);
            CREATE TABLE c5 (a int REFERENCES p5 (a));
            CREATE TABLE d5 (a used REFERENCES p5 (a));
            CREATE SEQUENCE p5_a OWNED BY p5.a;
            CREATE VIEW v5 AS SELECT a FROM p5;
            CREATE VIEW w5 AS SELECT b FROM p5;
            INSERT INTO t4 VALUES (1);
            ALTER DOMAIN late ADD CONSTRAINT broken CHECK (VALUE > 50) NOT VALID;
            """),
    /** A composite type, and a table of another. */
    COMPOSITE("""
            CREATE TYPE pair AS (x int, y int);
            CREATE TYPE shape AS (x int, y int);
            CREATE TABLE typed OF shape;
            CREATE INDEX typed_y ON typed (y);
            CREATE TYPE stored AS (x int);
            CREATE TABLE stores (s stored);
            CREATE TYPE listed AS (x int);
            CREATE TABLE lists (l listed[]);
            CREATE TYPE within AS (x int);
            CREATE TYPE around AS (w within);
            CREATE TABLE nests (a around);
            INSERT INTO typed VALUES (1, 2);
            """),
    /** Sequences of every origin. */
    SEQUENCES("""
            CREATE TABLE t (
                id serial PRIMARY KEY, n int GENERATED ALWAYS AS IDENTITY,
                g int GENERATED ALWAYS AS (5) STORED, x int);
            CREATE SEQUENCE s;
            CREATE SEQUENCE owned OWNED BY t.x;
            INSERT INTO t (x) VALUES (1);
            """),
    /** Tables that could move to another tablespace or access method; the server has a tablespace of the name. */
    ELSEWHERE("""
            CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
            CREATE TABLE t (a int PRIMARY KEY, b int);
            CREATE INDEX t_b ON t (b);
            INSERT INTO t VALUES (1, 1);
            CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
            CREATE TABLE parent (a int);
            CREATE TABLE child () INHERITS (parent);
            """),
    /** Values that were added to enum types earlier in the transaction. */
    FRESH("""
            CREATE TYPE mood AS ENUM ('ok', 'bad');
            CREATE DOMAIN checked AS mood;
            CREATE TABLE t (id int, m mood, note text);
            INSERT INTO t VALUES (1, 'ok', 'x');
            """, """
            ALTER TYPE mood ADD VALUE 'new';
            CREATE TYPE young AS ENUM ('a');
            ALTER TYPE young ADD VALUE 'b';
            """, "UTC"),
    /** Tables that can't stand above or below each other. */
    MISFITS("""
            CREATE TABLE plain (id int NOT NULL, a int);
            CREATE TABLE retyped (id int NOT NULL, a text);
            CREATE TABLE nullable (id int, a int);
            CREATE TABLE wide (id int NOT NULL, a int, b int);
            CREATE TABLE narrow (id int NOT NULL);
            CREATE TABLE whole (id int NOT NULL, a int) PARTITION BY RANGE (id);
            CREATE TABLE part PARTITION OF whole FOR VALUES FROM (100) TO (200);
            CREATE TABLE split (id int NOT NULL, a int) PARTITION BY RANGE (id);
            CREATE TABLE rest PARTITION OF split DEFAULT;
            CREATE TABLE strict (id int, CHECK (id > 0));
            CREATE TABLE checked (id int NOT NULL, a int CHECK (a > 0)) PARTITION BY RANGE (id);
            CREATE TABLE pairs (a int, b int, PRIMARY KEY (a, b));
            CREATE TYPE color AS ENUM ('red');
            CREATE TABLE ancestor (id int, a int, own int);
            CREATE TABLE heir (own int, x int) INHERITS (ancestor);
            CREATE TABLE grandchild () INHERITS (heir);
            CREATE INDEX heir_own ON heir (own);
            CREATE INDEX heir_a ON heir (a);
            CREATE INDEX heir_x ON heir (x);
            CREATE INDEX grandchild_x ON grandchild (x);
            INSERT INTO ancestor VALUES (1, 1, 1);
            INSERT INTO heir VALUES (2, 2, 2, 2);
            INSERT INTO grandchild VALUES (3, 3, 3, 3);
            CREATE TABLE many (id int PRIMARY KEY, other int UNIQUE);
            INSERT INTO many VALUES (1, 1);
            """),
    /** Triggers, rules, policies, functions and a publication. */
    TRIGGERS("""
            CREATE TABLE t (id int, a text);
            CREATE TABLE log (m text);
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN INSERT INTO log VALUES ('x'); RETURN NEW; END $$;
            CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION note();
            CREATE RULE r AS ON UPDATE TO t DO ALSO NOTHING;
            CREATE POLICY p ON t USING (true);
            CREATE FUNCTION vol() RETURNS int LANGUAGE plpgsql VOLATILE AS $$ BEGIN RETURN 1; END $$;
            CREATE FUNCTION sta() RETURNS int LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN 1; END $$;
            CREATE FUNCTION inl() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1';
            INSERT INTO t VALUES (1, 'a');
            CREATE PUBLICATION changes FOR TABLE log;
            """),
    /** A partitioned table with triggers for each row and for each statement. */
    WATCHED("""
            CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
            CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
            CREATE TRIGGER each AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION note();
            CREATE TRIGGER once AFTER INSERT ON events EXECUTE FUNCTION note();
            CREATE TABLE parent (id int);
            CREATE TABLE child () INHERITS (parent);
            CREATE TRIGGER each AFTER INSERT ON parent FOR EACH ROW EXECUTE FUNCTION note();
            INSERT INTO events VALUES (1, '2026-01-05');
            """),
    /** Functions whose making the history hides. */
    UNREADABLE("""
            DO $$ BEGIN
                EXECUTE replace('CREATE FUNCTION made() RETURNS int LANGUAGE plpgsql how AS ''BEGIN RETURN 1; END''', 'how', 'VOLATILE');
                EXECUTE replace('CREATE FUNCTION fixed() RETURNS int LANGUAGE plpgsql how AS ''BEGIN RETURN 1; END''', 'how', 'STABLE');
            END $$;
            CREATE TABLE t (id int PRIMARY KEY);
            INSERT INTO t VALUES (1);
            """),
    /** Two schemas, with a foreign key from outside. */
    SCHEMAS("""
            CREATE SCHEMA shop;
            CREATE TABLE shop.t (id int PRIMARY KEY, n serial);
            CREATE TABLE outside (id int REFERENCES shop.t);
            CREATE TABLE shop.u (id int);
            CREATE INDEX u_id ON shop.u (id);
            CREATE VIEW shop.v AS SELECT * FROM shop.t;
            INSERT INTO shop.t VALUES (1);
            INSERT INTO outside VALUES (1);
            CREATE TABLE u (id int);
            CREATE SCHEMA bare;
            CREATE TYPE shop.kind AS ENUM ('a');
            """);

    /** When the statements of a sample's own transaction run. */
    static final Moment NOW = new Moment(0, 1, 0);

    private final String setup;
    private final String earlier;
    private final Optional<String> timeZone;

    World(String setup) {
        this(setup, "UTC");
    }

    World(String setup, String timeZone) {
        this(setup, "", timeZone);
    }

    World(String setup, String earlier, String timeZone) {
        this.setup = setup;
        this.earlier = earlier;
        this.timeZone = Optional.of(timeZone);
    }

    /** One script, run as one transaction. */
    String setup() {
        return setup;
    }

    /** What a sample's own transaction runs before it; locks no relation. */
    String earlier() {
        return earlier;
    }

    Settings settings() {
        return new Settings(timeZone, Optional.of(NOW));
    }
}
