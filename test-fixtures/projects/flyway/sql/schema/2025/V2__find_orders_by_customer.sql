-- Alone in its file, so that Flyway runs it without a transaction.
CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);
