SET LOCAL lock_timeout = '3s';

-- The checks prove it, so no row is read again.
ALTER TABLE customers
    ALTER COLUMN name SET NOT NULL,
    ALTER COLUMN email SET NOT NULL;
ALTER TABLE order_lines ALTER COLUMN quantity_exact SET NOT NULL;

ALTER TABLE customers
    DROP CONSTRAINT customers_name_present,
    DROP CONSTRAINT customers_email_present;
ALTER TABLE order_lines DROP CONSTRAINT order_lines_quantity_exact_present;
