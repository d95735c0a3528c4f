SET lock_timeout = '2s' \;
CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);
