SET LOCAL lock_timeout = '3s';

-- Holds for new rows at once; the old ones are checked in the next step, while the shop is open.
ALTER TABLE customers
    ADD CONSTRAINT customers_name_present CHECK (name IS NOT NULL) NOT VALID,
    ADD CONSTRAINT customers_email_present CHECK (email IS NOT NULL) NOT VALID;

ALTER TABLE order_lines
    ADD CONSTRAINT order_lines_quantity_exact_present CHECK (quantity_exact IS NOT NULL) NOT VALID,
    ADD CONSTRAINT order_lines_quantity_check CHECK (quantity_exact > 0) NOT VALID;

ALTER TABLE payments
    ADD CONSTRAINT payments_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id) NOT VALID;
