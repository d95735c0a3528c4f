-- Up Migration
CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);
-- Down Migration
DROP INDEX CONCURRENTLY orders_customer;
