-- Cheese and cut fabric are sold in fractions of a unit.
ALTER TABLE order_lines ALTER COLUMN quantity TYPE numeric(12, 3);
