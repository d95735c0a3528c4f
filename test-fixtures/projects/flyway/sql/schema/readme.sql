-- No migration: Flyway passes it over.
SELECT broken FROM nowhere;
