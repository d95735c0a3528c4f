DO $$
DECLARE
    done bigint := 0;
    upto bigint;
BEGIN
    LOOP
        SELECT max(id) INTO upto
        FROM (SELECT id FROM orders WHERE id > done ORDER BY id LIMIT 1000) batch;
        EXIT WHEN upto IS NULL;
        UPDATE orders SET public_token = gen_random_uuid()
        WHERE id > done AND id <= upto AND public_token IS NULL;
        COMMIT;
        done := upto;
    END LOOP;
END
$$;
