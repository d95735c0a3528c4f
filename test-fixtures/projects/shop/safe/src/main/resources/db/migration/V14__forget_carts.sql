-- Carts live in the session store since the relaunch.
DO $$
DECLARE
    upto bigint;
BEGIN
    LOOP
        SELECT max(id) INTO upto FROM (SELECT id FROM carts ORDER BY id LIMIT 1000) batch;
        EXIT WHEN upto IS NULL;
        DELETE FROM carts WHERE id <= upto;
        COMMIT;
    END LOOP;
END
$$;
