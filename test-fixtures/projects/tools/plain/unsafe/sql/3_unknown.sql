\if :is_production
ALTER TABLE orders ALTER COLUMN customer_id SET NOT NULL;
\else
ALTER TABLE orders ADD COLUMN paid_at timestamptz;
\endif
