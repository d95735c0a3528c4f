ALTER TABLE crm.tb_contact ADD COLUMN stage varchar(20);
COMMENT ON COLUMN crm.tb_contact.stage IS 'lead, prospect or customer';
