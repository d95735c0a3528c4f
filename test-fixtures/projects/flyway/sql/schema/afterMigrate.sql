COMMENT ON TABLE customers IS 'migrated';
