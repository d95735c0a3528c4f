-- no-transaction
SET lock_timeout = '2s';
CREATE INDEX CONCURRENTLY orders_status ON orders (status);
