-- migrate:up
ALTER TABLE orders ADD CONSTRAINT orders_status_known CHECK (status IN ('new', 'paid')) NOT VALID;

-- migrate:down
ALTER TABLE orders DROP CONSTRAINT orders_status_known;
