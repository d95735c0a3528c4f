-- Alone in its file: several statements would be one transaction.
CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);
