-- +goose NO TRANSACTION
-- +goose Up
SET lock_timeout = '2s';
CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);
CREATE INDEX CONCURRENTLY orders_status ON orders (status);

-- +goose Down
DROP INDEX CONCURRENTLY orders_customer;
DROP INDEX CONCURRENTLY orders_status;
