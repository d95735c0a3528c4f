ALTER TABLE crm.tb_contact ADD CONSTRAINT uq_contact_email UNIQUE (email);
