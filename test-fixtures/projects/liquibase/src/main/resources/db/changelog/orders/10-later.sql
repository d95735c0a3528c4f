--liquibase formatted sql logicalFilePath:orders.sql

--changeset dora:status labels:core
--comment The column becomes text; an index is not rewritten
ALTER TABLE orders ALTER COLUMN status TYPE ${text.type};
--rollback ALTER TABLE orders ALTER COLUMN status TYPE varchar(10);

--changeset dora:touch endDelimiter:@@
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log (line) VALUES ('order ' || NEW.id);
    RETURN NEW;
END;
$$ @@
CREATE TRIGGER orders_touch AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch() @@
/* liquibase rollback
DROP TRIGGER orders_touch ON orders;
DROP FUNCTION touch();
*/

--ignoreLines:start
--changeset dora:never
DROP TABLE orders;
--ignoreLines:end

--changeset dora:required splitStatements:false
UPDATE orders SET status = 'new' WHERE status IS NULL; ALTER TABLE orders ALTER COLUMN status SET NOT NULL;
--rollback not required
