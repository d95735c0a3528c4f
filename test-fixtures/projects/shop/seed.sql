INSERT INTO customers (fullname, email, street, postcode, city)
SELECT
    'Customer ' || n,
    'customer' || n || '@example.com',
    n || ' Harbour Street',
    lpad((n % 100)::text, 5, '0'),
    (ARRAY['Bergen', 'Gent', 'Porto', 'Tartu'])[n % 4 + 1]
FROM generate_series(1, 2500) n;

INSERT INTO products (sku, title, price)
SELECT 'SKU-' || n, 'Product ' || n, n % 90 + 0.95 FROM generate_series(1, 40) n;

INSERT INTO orders (customer_id, status, placed_at)
SELECT n % 2500 + 1, (ARRAY['open', 'paid', 'shipped'])[n % 3 + 1], timestamptz '2026-01-01' + n * interval '1 minute'
FROM generate_series(1, 3000) n;

INSERT INTO order_lines (order_id, product_id, quantity, unit_price)
SELECT n % 3000 + 1, n % 40 + 1, n % 5 + 1, n % 90 + 0.95 FROM generate_series(1, 4500) n;

INSERT INTO payments (order_id, amount)
SELECT id, 19.95 FROM orders WHERE status <> 'open';

INSERT INTO carts (session_id)
SELECT 'session-' || n FROM generate_series(1, 1500) n;

INSERT INTO product_import (sku, title, price)
SELECT sku, title, price FROM products;
