-- What dbmate dumps after a run.
CREATE TABLE schema_migrations (version varchar NOT NULL);
