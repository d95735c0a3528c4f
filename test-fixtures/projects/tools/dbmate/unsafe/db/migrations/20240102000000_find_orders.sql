-- migrate:up
CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);

-- migrate:down
DROP INDEX CONCURRENTLY orders_customer;
