INSERT INTO ${log} VALUES ('${flyway:filename}', txid_current());
REINDEX TABLE CONCURRENTLY orders;
INSERT INTO ${log} VALUES ('${flyway:filename}', txid_current());
