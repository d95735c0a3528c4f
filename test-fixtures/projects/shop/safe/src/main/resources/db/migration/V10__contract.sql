SET LOCAL lock_timeout = '3s';

DROP TRIGGER customers_sync_name ON customers;
DROP FUNCTION customers_sync_name();
DROP TRIGGER customers_sync_address ON customers;
DROP FUNCTION customers_sync_address();
-- lockstep:deployed release 4.2 no longer reads or writes customers.fullname and the three address columns
ALTER TABLE customers
    DROP COLUMN fullname,
    DROP COLUMN street,
    DROP COLUMN postcode,
    DROP COLUMN city;

DROP TRIGGER order_lines_sync_quantity ON order_lines;
DROP FUNCTION order_lines_sync_quantity();
-- lockstep:deployed release 4.2 takes quantities from order_lines.quantity_exact alone
ALTER TABLE order_lines DROP COLUMN quantity;
