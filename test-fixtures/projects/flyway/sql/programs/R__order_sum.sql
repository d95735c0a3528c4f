INSERT INTO ${log} VALUES ('${flyway:filename}', txid_current());
CREATE OR REPLACE FUNCTION order_sum(bigint) RETURNS numeric LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT total FROM orders WHERE id = $1);
END
$$;
