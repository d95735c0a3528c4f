CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text);
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint, status text, note text);
INSERT INTO customers (email) SELECT 'c' || g || '@example.org' FROM generate_series(1, 20) g;
INSERT INTO orders (customer_id, status) SELECT 1 + g % 20, 'new' FROM generate_series(1, 100) g;
