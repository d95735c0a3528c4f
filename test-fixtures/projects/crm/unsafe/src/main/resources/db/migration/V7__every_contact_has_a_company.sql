ALTER TABLE crm.tb_contact ALTER COLUMN company_id SET NOT NULL;
