INSERT INTO ${log} VALUES ('${flyway:filename}', txid_current());
ALTER TABLE orders ADD COLUMN paid boolean;
