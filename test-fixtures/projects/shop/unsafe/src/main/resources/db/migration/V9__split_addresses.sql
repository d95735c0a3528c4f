-- Addresses get a table of their own; billing addresses follow next quarter.
CREATE TABLE customer_addresses (
    customer_id bigint PRIMARY KEY,
    street text,
    postcode text,
    city text
);
CREATE INDEX customer_addresses_postcode_idx ON customer_addresses (postcode);

INSERT INTO customer_addresses (customer_id, street, postcode, city)
SELECT id, street, postcode, city FROM customers;

ALTER TABLE customers
    DROP COLUMN street,
    DROP COLUMN postcode,
    DROP COLUMN city;
