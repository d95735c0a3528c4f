BEGIN;

DROP TABLE orders;
DROP TABLE customers;

COMMIT;
