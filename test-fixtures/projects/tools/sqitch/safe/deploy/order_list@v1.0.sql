BEGIN;

CREATE VIEW order_list AS SELECT id FROM orders;

COMMIT;
