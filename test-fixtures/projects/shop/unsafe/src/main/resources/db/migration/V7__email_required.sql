-- Guest checkout is gone: every customer has an address we can write to.
ALTER TABLE customers ALTER COLUMN email SET NOT NULL;
