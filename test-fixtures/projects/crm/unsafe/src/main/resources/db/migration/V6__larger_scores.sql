-- The new scoring goes up to 100,000.
ALTER TABLE crm.tb_contact ALTER COLUMN score TYPE integer;
