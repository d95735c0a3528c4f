---- shop
DO $$ BEGIN NULL; END $$;
---- shop
DO $$ BEGIN ALTER TABLE orders ADD COLUMN x int; END $$; -- schema
---- shop
DO $$ BEGIN
  ALTER TABLE orders ADD COLUMN x int;
  UPDATE orders SET x = 1;
  ALTER TABLE alone ADD COLUMN y text;
END $$; -- schema
---- shop
DO 'BEGIN UPDATE alone SET b = ''it''''s''; END';
---- shop
DO $$ DECLARE n bigint; BEGIN SELECT count(*) INTO n FROM orders; END $$;
---- shop
DO $$ DECLARE n bigint; BEGIN
  SELECT count(*) INTO n FROM orders;
  IF n > 1000000 THEN TRUNCATE lines; END IF;
END $$;
---- shop
DO $$ DECLARE n bigint; BEGIN
  SELECT count(*) INTO n FROM orders;
  IF n > 1000000 THEN TRUNCATE lines; ELSE DELETE FROM lines; END IF;
END $$;
---- shop
DO $$ BEGIN IF true THEN UPDATE alone SET a = 1; ELSE TRUNCATE alone; END IF; END $$;
---- shop
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['alone', 'lines'] LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN made timestamptz', t);
  END LOOP;
END $$; -- schema
---- shop
DO $$ BEGIN
  FOR i IN 1..2 LOOP EXECUTE 'ALTER TABLE alone ADD COLUMN c' || i || ' int'; END LOOP;
END $$; -- schema
---- shop
DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE '%s' LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN z int', r.tablename);
  END LOOP;
END $$; -- schema
---- shop
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name IN ('alone', 'orders') LOOP
    EXECUTE 'LOCK TABLE ' || quote_ident(t) || ' IN SHARE MODE';
  END LOOP;
END $$;
---- shop
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'orders' AND column_name = 'note') THEN
    ALTER TABLE orders ADD COLUMN note text;
  END IF;
END $$; -- schema
---- shop
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'orders' AND column_name = 'fresh') THEN
    ALTER TABLE orders ADD COLUMN fresh text;
  END IF;
END $$; -- schema
---- shop
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'total_positive' AND conrelid = 'orders'::regclass) THEN
    ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0);
  END IF;
END $$;
---- shop
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_indexes WHERE tablename = 'orders' AND indexname = 'orders_note') THEN
    CREATE INDEX orders_note ON orders (note);
  END IF;
END $$;
---- shop
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_indexes WHERE tablename = 'orders' AND indexname = 'orders_total') THEN
    CREATE INDEX orders_total ON orders (total);
  END IF;
END $$;
---- shop
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relname = 'alone') THEN
    ALTER TABLE alone RENAME TO single;
    ALTER TABLE single ADD COLUMN x int;
  END IF;
END $$; -- schema
---- shop
DO $$ BEGIN CREATE TABLE audit (id int); INSERT INTO audit VALUES (1); CREATE INDEX ON audit (id); END $$; -- schema
---- shop
DO $$ BEGIN CREATE TABLE kept (id int REFERENCES orders); ALTER TABLE kept ADD COLUMN x int; END $$; -- schema
---- shop
DO $$ BEGIN
  CREATE TYPE mood AS ENUM ('ok');
EXCEPTION WHEN duplicate_object THEN NULL; END $$;
---- shop
DO $$ BEGIN
  ALTER TABLE orders ADD COLUMN note text;
EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'there'; END $$; -- schema
---- shop
DO $$ BEGIN
  ALTER TABLE orders ADD COLUMN novel text;
EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'there'; END $$; -- schema
---- shop
DO $$ BEGIN
  BEGIN INSERT INTO customers VALUES (1, 'twice', 'x'); EXCEPTION WHEN unique_violation THEN UPDATE alone SET a = 7; END;
END $$;
---- shop
DO $$ BEGIN INSERT INTO customers VALUES (1, 'twice', 'x'); END $$;
---- shop
DO $$ BEGIN RAISE EXCEPTION 'no'; END $$;
---- shop
DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = 'no'; END $$;
---- shop
DO $$ BEGIN IF (SELECT count(*) FROM orders) > 1 THEN RAISE EXCEPTION 'no' USING ERRCODE = '22012'; END IF; END $$;
---- shop
DO $$ BEGIN IF (SELECT count(*) FROM orders) > 100 THEN RAISE EXCEPTION 'no'; END IF; UPDATE orders SET note = 'n'; END $$;
---- shop
DO $$ BEGIN RAISE EXCEPTION 'no'; EXCEPTION WHEN others THEN UPDATE alone SET a = 2; END $$;
---- shop
DO $$ BEGIN CREATE INDEX CONCURRENTLY ci ON orders (total); END $$;
---- shop
DO $$ BEGIN VACUUM orders; END $$;
---- shop
DO $$ BEGIN ALTER TABLE orders ADD COLUMN note text; END $$;
---- shop
DO $$ BEGIN UPDATE orders SET SET note = 'x'; END $$;
---- shop
CREATE FUNCTION wrong() RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE orders SET SET note = 'x'; END $$;
---- shop
CREATE FUNCTION wrong() RETURNS void LANGUAGE sql AS $$ UPDATE orders SET SET note = 'x' $$;
---- shop
DO $$ BEGIN EXECUTE 'UPDATE orders SET SET x'; END $$;
---- shop
DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT id FROM orders LOOP UPDATE lines SET sku = 'x' WHERE order_id = r.id; END LOOP;
END $$;
---- shop
DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT id FROM orders WHERE id < 0 LOOP UPDATE lines SET sku = 'x' WHERE order_id = r.id; END LOOP;
END $$;
---- shop
DO $$ DECLARE c CURSOR FOR SELECT id FROM orders; i bigint; BEGIN
  OPEN c; FETCH c INTO i; CLOSE c;
END $$;
---- shop
DO $$ DECLARE i int := 0; BEGIN
  WHILE i < 3 LOOP i := i + 1; UPDATE alone SET a = i; EXIT WHEN i = 2; END LOOP;
END $$;
---- shop
DO $$ BEGIN LOOP
  DELETE FROM lines WHERE id IN (SELECT id FROM lines ORDER BY id LIMIT 1);
  EXIT WHEN NOT FOUND;
END LOOP; END $$;
---- shop
DO $$ DECLARE n int; BEGIN
  UPDATE orders SET note = 'n' WHERE id = 1; GET DIAGNOSTICS n = ROW_COUNT;
  IF n = 0 THEN RETURN; END IF;
  UPDATE alone SET a = n;
END $$;
---- shop
DO $$ BEGIN RETURN; UPDATE alone SET a = 1; END $$;
---- shop
DO $$ BEGIN CASE 'a' WHEN 'a' THEN UPDATE alone SET a = 1; ELSE TRUNCATE alone; END CASE; END $$;
---- shop
DO $$ BEGIN PERFORM pg_sleep(0); PERFORM 1 FROM customers FOR UPDATE; END $$;
---- shop
CREATE FUNCTION touch() RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE alone SET a = 1; END $$;
SELECT touch();
---- shop
CREATE FUNCTION touch_sql() RETURNS void LANGUAGE sql AS $$ UPDATE alone SET a = 1; DELETE FROM lines $$;
DO $$ BEGIN PERFORM touch_sql(); END $$;
---- shop
CREATE FUNCTION add_column(t text, c text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN %I int', t, c); END $$;
SELECT add_column('alone', 'later');
---- shop
CREATE FUNCTION add_other(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN other int', t); END $$;
DO $$ DECLARE t text := 'lines'; BEGIN PERFORM add_other(t); END $$; -- schema
---- shop
CREATE PROCEDURE outer_call() LANGUAGE plpgsql AS $$ BEGIN CALL inner_call(); UPDATE alone SET a = 1; END $$;
CREATE PROCEDURE inner_call() LANGUAGE plpgsql AS $$ BEGIN LOCK TABLE lines IN EXCLUSIVE MODE; END $$;
CALL outer_call();
---- shop
CREATE FUNCTION countdown(n int) RETURNS int LANGUAGE plpgsql AS $$
BEGIN IF n = 0 THEN RETURN 0; END IF; UPDATE alone SET a = n; RETURN countdown(n - 1); END $$;
SELECT countdown(3);
---- shop
CREATE FUNCTION commits() RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE alone SET a = 1; COMMIT; END $$;
SELECT commits();
---- keys
CREATE TABLE log (what text);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES (TG_OP); RETURN NULL; END $$;
CREATE TABLE noted (id int, n int);
INSERT INTO noted VALUES (1, 1);
CREATE TRIGGER each_row AFTER UPDATE OF n ON noted FOR EACH ROW EXECUTE FUNCTION note();
UPDATE noted SET n = 2;
---- keys
UPDATE noted SET id = 2;
---- keys
UPDATE noted SET n = 2 WHERE id = 99;
---- keys
CREATE TABLE watched (id int);
CREATE TRIGGER each_statement AFTER DELETE ON watched EXECUTE FUNCTION note();
DELETE FROM watched;
---- keys
CREATE FUNCTION by_operation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN DELETE FROM log; ELSE LOCK TABLE p IN SHARE MODE; END IF;
  RETURN NULL;
END $$;
CREATE TABLE two_ways (id int);
CREATE TRIGGER either AFTER INSERT OR DELETE ON two_ways EXECUTE FUNCTION by_operation();
INSERT INTO two_ways VALUES (1);
---- keys
DELETE FROM two_ways;
---- keys
CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF NEW.id < 3 THEN INSERT INTO chain VALUES (NEW.id + 1); END IF; RETURN NULL; END $$;
CREATE TABLE chain (id int);
CREATE TRIGGER goes_on AFTER INSERT ON chain FOR EACH ROW EXECUTE FUNCTION again();
DO $$ BEGIN INSERT INTO chain VALUES (1); END $$;
---- events
DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT inhrelid::regclass AS part FROM pg_inherits WHERE inhparent = 'events'::regclass LOOP
    EXECUTE format('ALTER TABLE %s SET (fillfactor = 90)', r.part);
  END LOOP;
END $$;
---- events
DO $$ DECLARE part text; BEGIN
  FOR part IN SELECT c.relname FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid WHERE i.inhparent = 'events'::regclass LOOP
    EXECUTE 'ALTER TABLE ' || part || ' ADD CHECK (kind > 0)';
  END LOOP;
END $$;
---- events
CREATE FUNCTION make_partition(name text, low date, high date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN EXECUTE format('CREATE TABLE %I PARTITION OF events FOR VALUES FROM (%L) TO (%L)', name, low, high); END $$;
SELECT make_partition('events_9', '2026-09-01', '2026-10-01'); -- schema
---- checked
DO $$ BEGIN UPDATE t SET b = 2; COMMIT; UPDATE t SET c = 2; END $$;
---- checked
DO $$ DECLARE n int := 0; BEGIN
  LOOP
    n := n + 1; UPDATE t SET b = n; COMMIT; EXIT WHEN n = 2;
  END LOOP;
END $$;
---- checked
DO $$ BEGIN UPDATE t SET b = 3; ROLLBACK; DELETE FROM t WHERE b < 0; END $$;
---- checked
DO $$ BEGIN BEGIN COMMIT; EXCEPTION WHEN no_data_found THEN NULL; END; END $$;
