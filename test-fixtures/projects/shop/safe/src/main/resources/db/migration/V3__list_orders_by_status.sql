-- The packing list reads open orders, oldest first.
CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status, placed_at);
