INSERT INTO ${log} VALUES ('${flyway:filename}', txid_current());
CREATE OR REPLACE VIEW unpaid_orders AS SELECT o.id, order_sum(o.id) AS sum FROM orders o WHERE paid IS NOT TRUE;
