SET LOCAL lock_timeout = '3s';

-- lockstep:deployed the importer was switched off with release 4.0, the price list comes through the API
DROP TABLE product_import;
