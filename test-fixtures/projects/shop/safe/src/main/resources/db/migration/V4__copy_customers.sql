-- A thousand customers a statement, each committed by itself, so that nobody waits longer than one takes.
-- Customers with an id over 2,500 came after V2: the trigger filled them in.
UPDATE customers SET name = fullname WHERE id BETWEEN 1 AND 1000 AND name IS NULL;
INSERT INTO customer_addresses (customer_id, street, postcode, city)
    SELECT id, street, postcode, city FROM customers WHERE id BETWEEN 1 AND 1000
    ON CONFLICT (customer_id) DO NOTHING;
UPDATE customers SET name = fullname WHERE id BETWEEN 1001 AND 2000 AND name IS NULL;
INSERT INTO customer_addresses (customer_id, street, postcode, city)
    SELECT id, street, postcode, city FROM customers WHERE id BETWEEN 1001 AND 2000
    ON CONFLICT (customer_id) DO NOTHING;
UPDATE customers SET name = fullname WHERE id BETWEEN 2001 AND 2500 AND name IS NULL;
INSERT INTO customer_addresses (customer_id, street, postcode, city)
    SELECT id, street, postcode, city FROM customers WHERE id BETWEEN 2001 AND 2500
    ON CONFLICT (customer_id) DO NOTHING;
