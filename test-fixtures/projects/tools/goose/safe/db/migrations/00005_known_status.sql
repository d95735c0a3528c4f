-- +goose Up
ALTER TABLE orders ADD CONSTRAINT orders_status_known CHECK (status IN ('new', 'paid')) NOT VALID;
-- +goose Down
ALTER TABLE orders DROP CONSTRAINT orders_status_known;
