-- What the back office lists: one row an order, with its total.
CREATE OR REPLACE VIEW order_totals AS
SELECT
    o.id AS order_id,
    c.name AS customer,
    a.city,
    o.status,
    o.currency,
    (SELECT sum(l.quantity * l.unit_price) FROM order_lines l WHERE l.order_id = o.id) AS total
FROM orders o
JOIN customers c ON c.id = o.customer_id
LEFT JOIN customer_addresses a ON a.customer_id = c.id;
