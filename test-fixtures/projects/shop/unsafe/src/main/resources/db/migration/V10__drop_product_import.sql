-- The price list comes through the API now.
DROP TABLE product_import;
