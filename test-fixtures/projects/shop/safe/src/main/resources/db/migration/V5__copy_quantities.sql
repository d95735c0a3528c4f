-- 4,500 lines are older than the trigger of V2.
UPDATE order_lines SET quantity_exact = quantity WHERE id BETWEEN 1 AND 1000 AND quantity_exact IS NULL;
UPDATE order_lines SET quantity_exact = quantity WHERE id BETWEEN 1001 AND 2000 AND quantity_exact IS NULL;
UPDATE order_lines SET quantity_exact = quantity WHERE id BETWEEN 2001 AND 3000 AND quantity_exact IS NULL;
UPDATE order_lines SET quantity_exact = quantity WHERE id BETWEEN 3001 AND 4000 AND quantity_exact IS NULL;
UPDATE order_lines SET quantity_exact = quantity WHERE id BETWEEN 4001 AND 4500 AND quantity_exact IS NULL;
