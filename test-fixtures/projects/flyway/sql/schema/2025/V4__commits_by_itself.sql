INSERT INTO ${log} VALUES ('${flyway:filename}', txid_current());
COMMIT;
INSERT INTO ${log} VALUES ('${flyway:filename}', txid_current());
INSERT INTO ${log} VALUES ('${flyway:filename}', txid_current());
