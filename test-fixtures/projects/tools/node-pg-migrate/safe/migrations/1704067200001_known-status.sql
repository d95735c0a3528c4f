-- Up Migration
ALTER TABLE orders ADD CONSTRAINT orders_status_known CHECK (status IN ('new', 'paid')) NOT VALID;
-- Down Migration
ALTER TABLE orders DROP CONSTRAINT orders_status_known;
