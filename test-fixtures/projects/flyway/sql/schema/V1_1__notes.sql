INSERT INTO ${log} VALUES ('${flyway:filename}', txid_current());
ALTER TABLE orders ADD COLUMN note ${note}; -- not ${flyway:table}
INSERT INTO ${log} VALUES ('${flyway:filename}', txid_current());
