-- migrate:up
ALTER TABLE orders ALTER COLUMN customer_id SET NOT NULL;

-- migrate:down
ALTER TABLE orders ALTER COLUMN customer_id DROP NOT NULL;
