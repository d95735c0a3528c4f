-- A thousand customers at a time, each batch committed, so that nobody waits longer than one batch takes.
DO $$
DECLARE
    done bigint := 0;
    upto bigint;
BEGIN
    LOOP
        SELECT max(id) INTO upto
        FROM (SELECT id FROM customers WHERE id > done ORDER BY id LIMIT 1000) batch;
        EXIT WHEN upto IS NULL;
        UPDATE customers SET name = fullname WHERE id > done AND id <= upto AND name IS NULL;
        INSERT INTO customer_addresses (customer_id, street, postcode, city)
        SELECT id, street, postcode, city FROM customers WHERE id > done AND id <= upto
        ON CONFLICT (customer_id) DO NOTHING;
        COMMIT;
        done := upto;
    END LOOP;
END
$$;
