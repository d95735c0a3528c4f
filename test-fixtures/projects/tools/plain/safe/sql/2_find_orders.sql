\set ON_ERROR_STOP on
\set table orders
SET lock_timeout = '2s';
CREATE INDEX CONCURRENTLY orders_customer ON :table (customer_id);
