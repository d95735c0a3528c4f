-- Not a migration.
DROP TABLE customers;
