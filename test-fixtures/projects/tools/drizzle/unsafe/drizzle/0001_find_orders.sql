CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);
--> statement-breakpoint
ALTER TABLE orders ADD COLUMN paid_at timestamptz;
