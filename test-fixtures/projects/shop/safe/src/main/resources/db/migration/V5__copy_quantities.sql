DO $$
DECLARE
    done bigint := 0;
    upto bigint;
BEGIN
    LOOP
        SELECT max(id) INTO upto
        FROM (SELECT id FROM order_lines WHERE id > done ORDER BY id LIMIT 1000) batch;
        EXIT WHEN upto IS NULL;
        UPDATE order_lines SET quantity_exact = quantity
        WHERE id > done AND id <= upto AND quantity_exact IS NULL;
        COMMIT;
        done := upto;
    END LOOP;
END
$$;
