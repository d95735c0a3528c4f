CREATE TABLE ${log} (file text, transaction bigint);
INSERT INTO ${log} VALUES ('${flyway:filename}', txid_current());

CREATE TABLE customers (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, total numeric);
INSERT INTO customers SELECT g, 'c' || g FROM generate_series(1, 50) g;
INSERT INTO orders SELECT g, 1 + g % 50, g FROM generate_series(1, 500) g;
INSERT INTO ${LOG} VALUES ('${flyway:filename}', txid_current());
