-- +goose NO TRANSACTION
-- +goose Up
-- +goose StatementBegin
SET lock_timeout = '2s';
CREATE INDEX CONCURRENTLY orders_status ON orders (status);
-- +goose StatementEnd

-- +goose Down
DROP INDEX CONCURRENTLY orders_status;
