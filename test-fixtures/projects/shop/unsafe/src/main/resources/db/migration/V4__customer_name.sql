-- "fullname" was never split into parts, so "name" says what it is.
ALTER TABLE customers RENAME COLUMN fullname TO name;
COMMENT ON COLUMN customers.name IS 'As printed on the parcel';
