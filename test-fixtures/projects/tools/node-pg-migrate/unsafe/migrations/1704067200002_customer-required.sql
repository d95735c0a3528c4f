-- Down Migration
ALTER TABLE orders ALTER COLUMN customer_id DROP NOT NULL;
-- Up Migration
ALTER TABLE orders ALTER COLUMN customer_id SET NOT NULL;
