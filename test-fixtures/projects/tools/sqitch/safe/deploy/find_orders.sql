-- Deploy find_orders to pg: no transaction, for the index.

CREATE INDEX CONCURRENTLY orders_customer ON :table (customer_id);
