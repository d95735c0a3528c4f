INSERT INTO ran VALUES ('V5__literal_dollars.sql', txid_current());
COMMENT ON TABLE orders IS 'not a placeholder: ${log}';
