CREATE OR REPLACE FUNCTION open_count() RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT count(*) FROM open_orders);
END;
$$;
