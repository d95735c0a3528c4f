-- The index is sent alone, before and after it a batch.
SET lock_timeout = '2s';
CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);
ALTER TABLE orders ADD COLUMN paid_at timestamptz;
