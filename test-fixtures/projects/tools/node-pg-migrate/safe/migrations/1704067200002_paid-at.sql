-- Up Migration
ALTER TABLE orders ADD COLUMN paid_at timestamptz;
-- Down Migration
ALTER TABLE orders DROP COLUMN paid_at;
