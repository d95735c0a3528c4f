-- script: generated names
CREATE TABLE t (a int CHECK (a > 0) CHECK (a < 10), b int UNIQUE, c int, CHECK (a > c), UNIQUE (b, c), CHECK (true));
ALTER TABLE t ADD UNIQUE (b), ADD CHECK (c > 0), ADD CHECK (c > 1), ADD CHECK (c > b);
CREATE INDEX ON t (a);
CREATE INDEX ON t (a);
CREATE INDEX ON t (a, b DESC);
CREATE INDEX ON t (lower(a::text), (a + b), abs(a), coalesce(a, b), abs(b));
CREATE UNIQUE INDEX ON t (c) INCLUDE (a, b);
-- script: long names
CREATE TABLE a_table_whose_name_is_nearly_as_long_as_names_can_be_in_postgres (a_column_whose_name_is_long_too int UNIQUE CHECK (a_column_whose_name_is_long_too > 0), id serial PRIMARY KEY);
CREATE INDEX ON a_table_whose_name_is_nearly_as_long_as_names_can_be_in_postgres (a_column_whose_name_is_long_too, id);
-- script: names taken in the schema
CREATE TABLE t_a_idx (x int);
CREATE TABLE t (a int);
CREATE INDEX ON t (a);
CREATE TABLE o (c int CONSTRAINT t_a_check CHECK (c > 0));
ALTER TABLE t ADD CHECK (a > 0);
CREATE TABLE t_a_key (x int);
ALTER TABLE t ADD UNIQUE (a);
CREATE TABLE s_id_seq (x int);
CREATE TABLE s (id serial);
-- script: primary key
CREATE TABLE t (a int, b int, PRIMARY KEY (b, a));
CREATE TABLE u (a int);
ALTER TABLE u ADD PRIMARY KEY (a);
ALTER TABLE t DROP CONSTRAINT t_pkey;
CREATE TABLE v (a int CONSTRAINT pk PRIMARY KEY DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE w (a int NOT NULL PRIMARY KEY, b int UNIQUE DEFERRABLE);
-- script: using index
CREATE TABLE t (a int, b int NOT NULL);
CREATE UNIQUE INDEX i ON t (a);
CREATE UNIQUE INDEX j ON t (b);
ALTER TABLE t ADD CONSTRAINT named PRIMARY KEY USING INDEX i;
ALTER TABLE t ADD UNIQUE USING INDEX j;
-- script: concurrently
CREATE TABLE t (a int, b int);
CREATE UNIQUE INDEX CONCURRENTLY i ON t (a);
CREATE INDEX CONCURRENTLY ON t (b);
DROP INDEX CONCURRENTLY t_b_idx;
REINDEX TABLE CONCURRENTLY t;
-- script: foreign keys
CREATE TABLE p (a int PRIMARY KEY, b int, c int, UNIQUE (b, c));
CREATE TABLE q (a int REFERENCES p, b int, c int, d int REFERENCES p (a) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY (b, c) REFERENCES p (b, c) MATCH FULL ON UPDATE SET NULL);
CREATE TABLE r (a int);
ALTER TABLE r ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES p NOT VALID;
-- script: foreign key states
CREATE TABLE p (a int PRIMARY KEY);
CREATE TABLE r (a int);
ALTER TABLE r ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES p NOT VALID;
ALTER TABLE r VALIDATE CONSTRAINT fk;
ALTER TABLE r ALTER CONSTRAINT fk DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE s (id int PRIMARY KEY, parent int REFERENCES s);
ALTER TABLE p DROP CONSTRAINT p_pkey CASCADE;
-- script: check states
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID, ADD CONSTRAINT d CHECK (a > 1) NO INHERIT;
ALTER TABLE t VALIDATE CONSTRAINT c;
ALTER TABLE t ADD CONSTRAINT e CHECK (a > 2) NOT VALID;
-- script: not enforced pg=18
CREATE TABLE p (a int PRIMARY KEY);
CREATE TABLE t (a int CHECK (a > 0) NOT ENFORCED, b int REFERENCES p NOT ENFORCED, c int REFERENCES p);
ALTER TABLE t ALTER CONSTRAINT t_c_fkey NOT ENFORCED;
ALTER TABLE t ALTER CONSTRAINT t_b_fkey ENFORCED;
-- script: named not null pg=18
CREATE TABLE t (a int, b int CONSTRAINT b_is_there NOT NULL);
ALTER TABLE t ADD CONSTRAINT a_is_there NOT NULL a NOT VALID;
ALTER TABLE t VALIDATE CONSTRAINT a_is_there;
ALTER TABLE t DROP CONSTRAINT b_is_there;
ALTER TABLE t ADD CONSTRAINT again NOT NULL b NO INHERIT;
ALTER TABLE t ALTER CONSTRAINT again INHERIT;
-- script: exclusion
CREATE TABLE t (a int4range, b int4range, EXCLUDE USING gist (a WITH &&), CONSTRAINT named EXCLUDE USING gist (b WITH &&) WHERE (NOT isempty(b)) DEFERRABLE);
ALTER TABLE t DROP COLUMN a;
-- script: nulls not distinct pg=15..
CREATE TABLE t (a int UNIQUE NULLS NOT DISTINCT, b int);
CREATE UNIQUE INDEX ON t (b) NULLS NOT DISTINCT;
-- script: without overlaps pg=18
CREATE TABLE t (a int4range, b int4range, PRIMARY KEY (a, b WITHOUT OVERLAPS));
CREATE TABLE u (a int4range, b int4range, FOREIGN KEY (a, PERIOD b) REFERENCES t (a, PERIOD b));
-- script: add column with constraints
CREATE TABLE p (a int PRIMARY KEY);
CREATE TABLE t (x int);
ALTER TABLE t ADD COLUMN a int REFERENCES p CHECK (a > 0) UNIQUE NOT NULL;
ALTER TABLE t ADD COLUMN b int PRIMARY KEY, ADD UNIQUE (x, b);
-- script: drop unique index under foreign key
CREATE TABLE p (a int, b int);
CREATE UNIQUE INDEX i ON p (a);
CREATE TABLE q (a int REFERENCES p (a));
DROP INDEX i CASCADE;
-- script: index kinds
CREATE TABLE t (a int, b text, c int[], d point);
CREATE INDEX h ON t USING hash (a);
CREATE INDEX g ON t USING gin (c);
CREATE INDEX s ON t USING gist (d);
CREATE INDEX r ON t USING brin (a);
CREATE INDEX p ON t (b text_pattern_ops, a DESC NULLS LAST) WHERE b IS NOT NULL;
ALTER INDEX h SET (fillfactor = 50);
ALTER TABLE t CLUSTER ON s;
DROP INDEX g, s;
-- script: keys said twice
CREATE TABLE t (a int UNIQUE PRIMARY KEY, b int UNIQUE, c int UNIQUE DEFERRABLE, UNIQUE (b), UNIQUE (c));
ALTER TABLE t ADD COLUMN d int UNIQUE UNIQUE;
