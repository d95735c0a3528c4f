INSERT INTO customers (email) VALUES ('seed@example.org');
