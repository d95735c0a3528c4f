-- CreateIndex
CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);
-- CreateIndex
CREATE INDEX CONCURRENTLY orders_status ON orders (status);
